"""The present screen of a session, and what each of its buttons means. Pure: equal sessions show
equal screens, so a stale press or a repeated update simply shows it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from bot.core.careful import careful_note, noted
from bot.core.carrying import last_time
from bot.core.catalogue import Catalogue
from bot.core.dated import dates, days_told, fill, route_on
from bot.core.dialog import Ask, Check, End, Manner, Outcome, Repeat, Tell, Tick
from bot.core.emergency import HEADER
from bot.core.found import found_screen
from bot.core.hours import about_a_child, ring, unstaffed_notes
from bot.core.offering import gift_options, last_step, remind_day, reminder_of
from bot.core.options import asked, option, step_options, tick_words, wants_words
from bot.core.review import answers_screen, check_text, training
from bot.core.saying import mailable, placeholders, progress, routes_of
from bot.core.sending import hand_words, stored_words
from bot.core.session import Overlay, Session
from bot.core.shown import SCREEN_UNITS, Shown, shortened
from bot.core.spoken import spoken
from bot.core.text import Template
from bot.core.told import told_before
from bot.core.turn import Button, ItemState, Reply, Screen, ScreenKind
from bot.core.walk import Visit, Walk
from bot.core.worry import danger_screen

# Of a report that is in one of these, something may be taken back.
_WAITING: Final = frozenset({ItemState.SAVED, ItemState.LATE, ItemState.PROBLEM})
_ACCEPTED: Final = frozenset({ItemState.HANDED_OVER, ItemState.HANDED_AGAIN})


class _Plain(NamedTuple):
    """One of the program's own texts with its buttons; `typed` where words are wanted."""

    screen: str
    verbs: tuple[str, ...]
    typed: bool = False


_PLAIN: Final[Mapping[Overlay, _Plain]] = {
    Overlay.RESUME: _Plain("resume", ("carry_on", "start_again")),
    Overlay.CONFIRM_DELETE: _Plain("confirm_delete", ("delete_yes", "delete_no")),
    Overlay.ENTER_CODE: _Plain("enter_code", ("close",), typed=True),
    Overlay.LOOK: _Plain("look_up", ("carry_on",), typed=True),
}


def reply_of(session: Session, shown: Shown, note: str = "") -> Reply:
    """The reply that shows a screen: 999 first, a note on what just happened, then the rest."""
    parts = [HEADER, note, shown.text]
    text = shortened("\n\n".join(part.strip() for part in parts if part.strip()), SCREEN_UNITS)
    buttons = tuple(Button(str(i), option.label) for i, option in enumerate(shown.options))
    return Reply((Screen(text, buttons, shown.kind, shown.protect, shown.typed),), session.turn)


def choices(catalogue: Catalogue, session: Session, walk: Walk) -> Shown:
    """The present screen as far as a press or a word needs it: its options, without its text."""
    if session.overlay is not Overlay.NONE:
        return present(catalogue, session, walk)
    options = step_options(catalogue, session, walk)
    return Shown("", options, typed=wants_words(asked(session, walk)))


def present(catalogue: Catalogue, session: Session, walk: Walk) -> Shown:
    """What the person sees now; in practice, under a line that says so."""
    shown = _present(catalogue, session, walk)
    if walk.here.dialog.manner is not Manner.PRACTICE:
        return shown
    banner = catalogue.screens["practice"].source.strip()
    return replace(shown, text=f"{banner}\n\n{shown.text}")


def _present(catalogue: Catalogue, session: Session, walk: Walk) -> Shown:
    """The overlay if there is one, else the step that waits."""
    if session.overlay is Overlay.DANGER:
        return danger_screen(catalogue, session, walk)
    if plain := _PLAIN.get(session.overlay):
        return _plain(catalogue, plain)
    match session.overlay:
        case Overlay.ANSWERS:
            return answers_screen(catalogue, session, walk)
        case Overlay.RECEIPT:
            return _receipt(catalogue, session)
        case Overlay.CODE:
            return _code(catalogue, session)
        case Overlay.SENT:
            return _sent(catalogue, session, walk)
        case Overlay.REMIND:
            return _remind(catalogue, session, walk)
        case Overlay.FOUND | Overlay.PERHAPS:
            return found_screen(catalogue, session, walk)
        case _:
            return _step(catalogue, session, walk)


def _plain(catalogue: Catalogue, plain: _Plain) -> Shown:
    text = catalogue.screens[plain.screen].fill({"hours": str(catalogue.draft_hours)})
    options = tuple(option(catalogue, verb) for verb in plain.verbs)
    return Shown(text, options, typed=plain.typed)


# ---- overlays ----


def _receipt(catalogue: Catalogue, session: Session) -> Shown:
    states = {str(k): str(v) for k, v in session.status.get("states", {}).items()}
    lines = [_state_line(catalogue, route, state) for route, state in states.items()]
    day = date.fromisoformat(str(session.status["saved_on"]))
    values = {"states": "\n".join(lines), "saved_on": spoken(day)}
    waits = not _WAITING.isdisjoint(states.values())
    verbs = ("add_more", *(("withdraw",) if waits else ()), "close")
    options = tuple(option(catalogue, verb) for verb in verbs)
    return Shown(training(catalogue, catalogue.screens["receipt_status"].fill(values)), options)


def _state_line(catalogue: Catalogue, route: str, state: str) -> str:
    """How far the mail of one route has come, and whom to ring meanwhile."""
    known = catalogue.routes.get(route)
    values = {"route": known.name, "phones": known.phones.strip()} if known else {"route": route}
    line = catalogue.screens[f"state_{state}"].fill({"phones": "", **values}).strip()
    if known is None or state not in _ACCEPTED or not about_a_child(known):
        return line
    return f"{line}\n{ring(catalogue, known)}"


def _code(catalogue: Catalogue, session: Session) -> Shown:
    screen = "code_pause" if session.status.get("pause") else "code_receipt"
    values = {"code": session.code, "hours": str(catalogue.draft_hours)}
    text = training(catalogue, catalogue.screens[screen].fill(values))
    return Shown(text, (option(catalogue, "saved_it"),), ScreenKind.CODE, protect=False)


def _remind(catalogue: Catalogue, session: Session, walk: Walk) -> Shown:
    """Whether the chat may send one message, and when; nothing is promised unasked."""
    gift = reminder_of(catalogue, session, walk.here.step)
    day = remind_day(catalogue, session, walk, gift) if gift else None
    verbs = ("remind_yes", "close") if day else ("close",)
    text = catalogue.screens["remind_ask"].fill({"day": spoken(day) if day else ""})
    return Shown(text, tuple(option(catalogue, verb) for verb in verbs))


def _sent(catalogue: Catalogue, session: Session, walk: Walk) -> Shown:
    step = last_step(catalogue, session)
    names = [route for route in session.sent if route in catalogue.routes]
    routes = [route_on(catalogue, catalogue.routes[name], session.on) for name in names]
    parts = [
        catalogue.screens["saved"].fill({"routes": "\n".join(f"- {r.name}" for r in routes)}),
        *unstaffed_notes(catalogue, routes, session.touched),
        fill(catalogue, step.text.source, session.on) if isinstance(step, End) else "",
        *(route.after for route in routes),
        *(ring(catalogue, route) for route in routes if about_a_child(route)),
    ]
    text = "\n\n".join(part.strip() for part in parts if part.strip())
    gifts = gift_options(catalogue, session, walk, walk.here.step)
    options = (*gifts, option(catalogue, "start_again"), option(catalogue, "look_up"))
    return Shown(training(catalogue, text), options)


# ---- steps ----


def _step(catalogue: Catalogue, session: Session, walk: Walk) -> Shown:
    visit = asked(session, walk)
    leads = () if session.changing else walk.leads
    values = _values(catalogue, walk, (*leads, *_templates(visit)), session)
    body = _body(catalogue, session, walk, visit, values).strip()
    before = told_before(catalogue, session, visit.step)
    body = "\n\n".join(p for p in (body, before, last_time(catalogue, session, visit)) if p)
    title = progress(visit.dialog, visit, catalogue.labels["progress"])
    stored = stored_words(catalogue, walk, visit)
    about = noted(session, walk, visit.step)
    note = careful_note(catalogue, about) if about else ""
    parts = (note, stored, *(lead.fill(values).strip() for lead in leads), title, body)
    text = "\n\n".join(part for part in parts if part)
    if not walk.visits:
        text = training(catalogue, text)
    protect = visit.dialog.manner is Manner.ANONYMOUS
    options = step_options(catalogue, session, walk)
    return Shown(text, options, protect=protect, typed=wants_words(visit))


def _values(
    catalogue: Catalogue, walk: Walk, texts: tuple[Template, ...], session: Session
) -> dict[str, str]:
    """What these texts name, filled; nothing is looked up for texts that name nothing."""
    names = [name for text in texts for name in text.names]
    if not names:
        return {}
    known = placeholders(catalogue, walk, names, session.on) if walk.visits else {}
    if session.adds_to:  # whom to call is known by the receipt, and not by a finding
        known["phones"] = _phones(catalogue, routes_of(catalogue, session, walk))
    return {**known, **dates(catalogue, names, session.on, days_told(walk))}


def _phones(catalogue: Catalogue, routes: Iterable[str]) -> str:
    return "\n\n".join(p for r in routes if (p := catalogue.routes[r].phones.strip()))


def _templates(visit: Visit) -> tuple[Template, ...]:
    """The texts of a step that may name what is known."""
    match visit.step:
        case Repeat() as step:
            return (step.first if visit.item == 1 else step.another,)
        case Ask() | Tell() | Check() | End() as step:
            return (step.text,)
        case _:
            return ()


def _body(
    catalogue: Catalogue, session: Session, walk: Walk, visit: Visit, values: dict[str, str]
) -> str:
    match visit.step:
        case Tick() as step:
            return tick_words(step, session)
        case Check() as step:
            return check_text(catalogue, session, step, walk, values)
        case End() as step:
            return _ending(catalogue, session, step, walk, values)
        case _:
            return "".join(text.fill(values) for text in _templates(visit))


def _ending(
    catalogue: Catalogue, session: Session, step: End, walk: Walk, values: dict[str, str]
) -> str:
    """The last screen. A `send` that could send nothing says so and gives the numbers instead."""
    routes = routes_of(catalogue, session, walk)
    if step.outcome is not Outcome.SEND:
        return step.text.fill(values)
    if said := hand_words(catalogue, session, walk):
        return said
    if mailable(catalogue, routes):  # and yet nothing was made of it
        return catalogue.screens["nothing_to_send"].fill({})
    phones = _phones(catalogue, routes)
    if not phones:
        return catalogue.screens["not_decided"].fill({})
    return catalogue.screens["closed_route"].fill({"phones": phones})
