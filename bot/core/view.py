"""The present screen of a session, and what each of its buttons means. Pure: equal sessions show
equal screens, so a stale press or a repeated update simply shows it again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import assert_never

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Call, Check, Decide, End, Manner, Outcome, Repeat, Tell, Tick
from bot.core.emergency import HEADER
from bot.core.facts import UNSURE, YES
from bot.core.review import answers_screen, check_screen, training
from bot.core.saying import in_full, mailable, placeholders, progress, routes_of
from bot.core.session import ADDITION, Overlay, Session
from bot.core.shown import SCREEN_UNITS, Option, Shown, shortened
from bot.core.turn import Button, Reply, Screen, ScreenKind
from bot.core.walk import Visit, Walk


def reply_of(session: Session, shown: Shown, note: str = "") -> Reply:
    """The reply that shows a screen: 999 first, a note on what just happened, then the rest."""
    parts = [HEADER, note, shown.text]
    text = shortened("\n\n".join(part.strip() for part in parts if part.strip()), SCREEN_UNITS)
    buttons = tuple(Button(str(i), option.label) for i, option in enumerate(shown.options))
    return Reply((Screen(text, buttons, shown.kind, shown.protect, shown.typed),), session.turn)


def present(catalogue: Catalogue, session: Session, walk: Walk) -> Shown:
    """What the person sees now: the overlay if there is one, else the step that waits."""
    match session.overlay:
        case Overlay.NONE:
            return _step(catalogue, session, walk)
        case Overlay.RESUME:
            return _plain(catalogue, "resume", "carry_on", "start_again")
        case Overlay.ANSWERS:
            return answers_screen(catalogue, session, walk)
        case Overlay.CONFIRM_DELETE:
            return _plain(catalogue, "confirm_delete", "delete_yes", "delete_no")
        case Overlay.ENTER_CODE:
            return replace(_plain(catalogue, "enter_code", "close"), typed=True)
        case Overlay.RECEIPT:
            return _receipt(catalogue, session)
        case Overlay.CODE:
            return _code(catalogue, session)
        case Overlay.SENT:
            return _sent(catalogue, session)
        case _:
            assert_never(session.overlay)


def _option(catalogue: Catalogue, verb: str, arg: str = "") -> Option:
    return Option(verb, catalogue.labels[verb], arg)


def _plain(catalogue: Catalogue, screen: str, *verbs: str) -> Shown:
    options = tuple(_option(catalogue, verb) for verb in verbs)
    return Shown(catalogue.screens[screen].fill({"hours": str(catalogue.draft_hours)}), options)


# ---- overlays ----


def _receipt(catalogue: Catalogue, session: Session) -> Shown:
    states = {str(k): str(v) for k, v in session.status.get("states", {}).items()}
    lines = [
        catalogue.screens[f"state_{state}"].fill(
            {"route": catalogue.routes[r].name if r in catalogue.routes else r}
        )
        for r, state in states.items()
    ]
    day = date.fromisoformat(str(session.status["saved_on"]))
    values = {"states": "\n".join(lines), "saved_on": in_full(day)}
    verbs = ["add_more", *(["withdraw"] if "saved" in states.values() else []), "close"]
    options = tuple(_option(catalogue, verb) for verb in verbs)
    return Shown(catalogue.screens["receipt_status"].fill(values), options)


def _code(catalogue: Catalogue, session: Session) -> Shown:
    screen = "code_pause" if session.status.get("pause") else "code_receipt"
    values = {"code": session.code, "hours": str(catalogue.draft_hours)}
    text = catalogue.screens[screen].fill(values)
    return Shown(text, (_option(catalogue, "saved_it"),), ScreenKind.CODE, protect=False)


def _sent(catalogue: Catalogue, session: Session) -> Shown:
    dialog_id, _, step_id = session.last.partition(":")
    dialog = catalogue.dialogs.get(dialog_id)
    step = dialog.steps.get(step_id) if dialog else None
    routes = [catalogue.routes[route] for route in session.sent if route in catalogue.routes]
    parts = [
        catalogue.screens["saved"].fill({"routes": "\n".join(f"- {r.name}" for r in routes)}),
        step.text.source if isinstance(step, End) else "",
        *(route.after for route in routes),
    ]
    text = "\n\n".join(part.strip() for part in parts if part.strip())
    return Shown(training(catalogue, text), (_option(catalogue, "start_again"),))


# ---- steps ----


def _step(catalogue: Catalogue, session: Session, walk: Walk) -> Shown:
    visit = walk.here
    if session.changing:
        visit = next((v for v in walk.visits if v.place == session.changing), walk.here)
    values = placeholders(catalogue, walk) if walk.visits else {}
    leads = [] if session.changing else [lead.fill(values).strip() for lead in walk.leads]
    body, options = _body(catalogue, session, walk, visit, values)
    title = progress(visit.dialog, visit, catalogue.labels["progress"])
    text = "\n\n".join(part for part in (*leads, title, body.strip()) if part)
    if not walk.visits:
        text = training(catalogue, text)
    if not walk.visits and session.root != ADDITION:
        options.append(_option(catalogue, "enter_code"))
    if walk.visits and not isinstance(visit.step, End):
        options.append(_option(catalogue, "back"))
    if isinstance(visit.step, End):
        options.append(_option(catalogue, "start_again"))
    protect = visit.dialog.manner is Manner.ANONYMOUS
    return Shown(text, tuple(options), protect=protect, typed=_wants_words(visit))


def _wants_words(visit: Visit) -> bool:
    """Whether typed words (or the numbers of answers and signs) are what the step reads."""
    match visit.step:
        case Ask():
            return not visit.step.choices
        case Tick() | Check():
            return True
        case _:
            return False


def _body(
    catalogue: Catalogue, session: Session, walk: Walk, visit: Visit, values: dict[str, str]
) -> tuple[str, list[Option]]:
    step = visit.step
    match step:
        case Ask():
            return step.text.fill(values), _ask_options(step)
        case Tick():
            return _tick(step, session)
        case Tell():
            return step.text.fill(values), [Option("seen", step.button)]
        case Repeat():
            text = step.first if visit.item == 1 else step.another
            return text.fill(values), [Option("more_items", step.yes), Option("enough", step.no)]
        case Check():
            return check_screen(catalogue, session, step, walk, values)
        case End():
            return _ending(catalogue, session, step, walk, values), []
        case Call() | Decide():
            raise AssertionError("a call or a decision never waits")
        case _:
            assert_never(step)


def _ask_options(step: Ask) -> list[Option]:
    options = [Option("value", choice.label, choice.value) for choice in step.choices]
    if step.unsure:
        options.append(Option("unsure", step.unsure))
    if step.skip:
        options.append(Option("skip", step.skip))
    return options


def _tick(step: Tick, session: Session) -> tuple[str, list[Option]]:
    words = {YES: "yes", UNSURE: "not sure"}
    lines, options = [], []
    for number, mark in enumerate(step.marks, 1):
        state = words.get(session.marks.get(mark.value, ""), "")
        lines.append(f"{number}. {mark.label}" + (f" – {state}" if state else ""))
        options.append(Option("mark", f"{number}" + (f": {state}" if state else ""), mark.value))
    options.append(
        Option("finish", step.done, "done")
        if session.marks
        else Option("finish", step.none, "none")
    )
    options.append(Option("finish", step.unsure, "unsure"))
    return step.text.source.strip() + "\n\n" + "\n".join(lines), options


def _ending(
    catalogue: Catalogue, session: Session, step: End, walk: Walk, values: dict[str, str]
) -> str:
    """The last screen. A `send` that could send nothing says so and gives the numbers instead."""
    routes = routes_of(catalogue, session, walk)
    if step.outcome is not Outcome.SEND or mailable(catalogue, routes):
        return step.text.fill(values)
    phones = "\n\n".join(p for r in routes if (p := catalogue.routes[r].phones.strip()))
    if not phones:
        return catalogue.screens["not_decided"].fill({})
    return catalogue.screens["closed_route"].fill({"phones": phones})
