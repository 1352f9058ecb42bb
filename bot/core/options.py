"""What can be chosen on the screen of a step. Read by itself when a press or a word comes in:
what the screen says is not made for that (half of the cost of a turn's view).
"""

from __future__ import annotations

from typing import Final, assert_never

from bot.core.careful import noted
from bot.core.carrying import offered
from bot.core.catalogue import Catalogue
from bot.core.dialog import (
    Ask,
    Assign,
    Call,
    Check,
    Decide,
    End,
    Outcome,
    Repeat,
    Step,
    Tell,
    Tick,
)
from bot.core.facts import PROFESSIONALS, UNSURE, YES
from bot.core.fields import fill_in
from bot.core.offering import check_options, end_options, gift_options, ok_label
from bot.core.pointing import child_options
from bot.core.session import ADDITION, Session
from bot.core.shown import Option
from bot.core.told import offered as told
from bot.core.walk import Visit, Walk

ROOM: Final = 8  # choices on one screen
_MARKED: Final = {YES: "yes", UNSURE: "not sure"}


def asked(session: Session, walk: Walk) -> Visit:
    """The step whose answer is wanted: the one being changed, else the one that waits."""
    if not session.changing:
        return walk.here
    return next((v for v in walk.visits if v.place == session.changing), walk.here)


def wants_words(visit: Visit) -> bool:
    """Whether typed words (or the numbers of answers and signs) are what the step reads."""
    match visit.step:
        case Ask():
            return not visit.step.choices
        case Tick() | Check():
            return True
        case _:
            return False


def step_options(catalogue: Catalogue, session: Session, walk: Walk) -> tuple[Option, ...]:
    """The step's own buttons, then the program's."""
    visit = asked(session, walk)
    step = visit.step
    if offered(session, visit) is not None:
        return tuple(option(catalogue, verb) for verb in ("still_so", "change_it", "back"))
    options = _own(catalogue, session, step)
    if told(session, step):
        options.insert(0, option(catalogue, "use_told"))
    if isinstance(step, Check):
        options[0] = Option("checked", ok_label(catalogue, session, walk, visit.dialog, step))
        options += child_options(catalogue, walk)
        options += fill_in(catalogue, session, walk)
        options += check_options(catalogue, session, walk, visit)
    options += end_options(catalogue, session, walk, step)
    options += gift_options(catalogue, session, walk, step)
    if not walk.visits and session.root != ADDITION:
        options.append(option(catalogue, "enter_code"))
    if walk.visits and not (isinstance(step, End) and step.outcome is Outcome.FINISH):
        options.append(option(catalogue, "back"))
    if isinstance(step, End):
        options.append(option(catalogue, "start_again"))
    if noted(session, walk, step):
        reword = Option("change", catalogue.labels["reword"], session.careful)
        options += [reword, option(catalogue, "keep_words")]
    if len(options) < ROOM and session.root != ADDITION and _may_look_up(step, walk):
        options.append(option(catalogue, "look_up"))
    return tuple(options)


def _may_look_up(step: Step, walk: Walk) -> bool:
    """Whether a button for looking something up helps here: before and after a conversation, and
    all along for people who work with children. `?` and a few words do the same everywhere.
    """
    outside = not (walk.visits or wants_words(walk.here)) or isinstance(step, End)
    return outside or walk.facts.get("role") in PROFESSIONALS


def option(catalogue: Catalogue, verb: str) -> Option:
    """A button of the program's own."""
    return Option(verb, catalogue.labels[verb])


def said_of(session: Session, sign: str) -> str:
    """What has been ticked so far of a sign, in words; empty if nothing."""
    return _MARKED.get(session.marks.get(sign, ""), "")


def tick_words(step: Tick, session: Session) -> str:
    """The text of a tick screen: each mark with its number, and what has been said of it."""
    lines = []
    for number, mark in enumerate(step.marks, 1):
        state = said_of(session, mark.value)
        lines.append(f"{number}. {mark.label}" + (f" – {state}" if state else ""))
    return step.text.source.strip() + "\n\n" + "\n".join(lines)


def _own(catalogue: Catalogue, session: Session, step: Step) -> list[Option]:
    match step:
        case Ask():
            return _ask(step)
        case Tick():
            return _tick(step, session)
        case Tell():
            return [Option("seen", step.button)]
        case Repeat():
            return [Option("more_items", step.yes), Option("enough", step.no)]
        case Check():
            return [Option("checked", step.ok), option(catalogue, "change")]
        case End():
            return []
        case Call() | Decide() | Assign():
            raise AssertionError("a call or a decision never waits")
        case _:
            assert_never(step)


def _ask(step: Ask) -> list[Option]:
    options = [Option("value", choice.label, choice.value) for choice in step.choices]
    if step.unsure:
        options.append(Option("unsure", step.unsure))
    if step.skip:
        options.append(Option("skip", step.skip))
    return options


def _tick(step: Tick, session: Session) -> list[Option]:
    options = []
    for number, mark in enumerate(step.marks, 1):
        state = said_of(session, mark.value)
        options.append(Option("mark", f"{number}" + (f": {state}" if state else ""), mark.value))
    rest = Option("finish", step.none, "none")
    done = Option("finish", step.done, "done")
    return [*options, done if session.marks else rest, Option("finish", step.unsure, "unsure")]
