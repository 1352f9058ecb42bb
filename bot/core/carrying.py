"""Carrying over last month's report: its `submission.json` read again as answers that may still be
so. Nothing of the file stays but these, in the session; and they go with it.

The file comes from a person's device, so nothing in it is believed: it must be of the very report
that is being written, and every value one that its question could have been answered with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from bot.core.answers import as_answered
from bot.core.brought import Refused, expect, read
from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Dialog, Repeat, Tell
from bot.core.facts import PROFESSIONALS, Fact
from bot.core.handover import ALWAYS
from bot.core.path import ROLE
from bot.core.saying import answer_words, prefix_of, question
from bot.core.session import LOOKING, Answer, Overlay, Said, Session
from bot.core.walk import Visit, Walk

_LEFT: Final = Answer(Said.SKIPPED)
AREA: Final = "area"


def awaited(session: Session, walk: Walk) -> Tell | None:
    """The step that takes a file from this person now, or None: it is asked for at that step alone
    (also where they look something up there) and of people who work with children.
    """
    step = walk.here.step
    looking = session.overlay in LOOKING and session.under is Overlay.NONE
    here = (looking or session.overlay is Overlay.NONE) and not session.changing
    worker = walk.facts.get(ROLE) in PROFESSIONALS
    return step if here and worker and isinstance(step, Tell) and step.brings else None


def carried(
    catalogue: Catalogue, walk: Walk, step: Tell, content: bytes, today: date
) -> dict[str, Answer]:
    """The answers of the file, by the places where this dialog asks for them; what was left out
    as left out. Raises Refused.
    """
    body = read(content)
    route = catalogue.routes[step.brings]
    facts, visit = body["facts"], walk.here
    if (body["area"], facts.get(AREA, route.area)) != (route.area, route.area):
        raise Refused("carry_elsewhere")
    expect((body["kind"], body["route"]) == (route.kind, route.id))
    expect(str(facts.get(ROLE)) in PROFESSIONALS)
    known = {fact.id for fact in _facts(visit.dialog.steps.values())} | set(ALWAYS)
    expect(facts.keys() <= known)
    found = dict(_answers(catalogue, visit, facts, today))
    expect(bool(found))
    return {**_left_out(catalogue, visit, body["answers"]), **found}


def offered(session: Session, visit: Visit) -> Answer | None:
    """The answer of last time that is shown at this question, or None. What was left out last
    time is no answer: it is asked again, and one press leaves it out again.
    """
    answer = _of_last_time(session, visit)
    return None if answer == _LEFT else answer


def _of_last_time(session: Session, visit: Visit) -> Answer | None:
    return None if session.changing else session.carried.get(visit.place)


def still_so(catalogue: Catalogue, session: Session, visit: Visit) -> dict[str, Answer]:
    """Every answer that "still so" gives here, by place: of a person in a list the whole of it."""
    found = {visit.place: session.carried[visit.place]}
    if isinstance(visit.step, Repeat):
        for ask in _asks(catalogue.dialogs[visit.step.dialog]):
            place = f"{visit.place}/{ask.id}"
            if kept := session.carried.get(place) or (Answer(Said.SKIPPED) if ask.skip else None):
                found[place] = kept
    return found


def last_time(catalogue: Catalogue, session: Session, visit: Visit) -> str:
    """What was said last time at this question, in words; of an item of a list all of it."""
    answer = _of_last_time(session, visit)
    if answer is None:
        return ""
    if answer == _LEFT:
        return catalogue.screens["carry_left"].source.strip()
    said: list[str] = []
    if isinstance(visit.step, Repeat):
        said += _lines_of(catalogue, session, visit, visit.step.dialog)
    said = said or [answer_words(visit._replace(answer=answer), catalogue.labels)]
    return catalogue.screens["carry_offer"].fill({"answer": "\n".join(said)}).strip()


def _lines_of(catalogue: Catalogue, session: Session, visit: Visit, dialog: str) -> Iterator[str]:
    for ask in _asks(catalogue.dialogs[dialog]):
        if answer := session.carried.get(f"{visit.place}/{ask.id}"):
            inside = visit._replace(step=ask, answer=answer)
            yield f"{question(inside)}: {answer_words(inside, catalogue.labels)}"


def _answers(
    catalogue: Catalogue, visit: Visit, facts: Mapping[str, Any], today: date
) -> Iterator[tuple[str, Answer]]:
    prefix = prefix_of(visit)
    for step in visit.dialog.steps.values():
        match step:
            case Ask() if step.fact.id in facts:
                yield from _answer(prefix + step.id, step.fact, facts[step.fact.id], today)
            case Repeat() if step.fact.id in facts:
                items = facts[step.fact.id]
                expect(isinstance(items, list) and len(items) <= step.fact.at_most)
                dialog = catalogue.dialogs[step.dialog]
                for number, item in enumerate(items, 1):
                    yield from _item(f"{prefix}{step.id}.{number}", dialog, item, today)
            case _:
                pass


def _left_out(
    catalogue: Catalogue, visit: Visit, lines: Iterable[Mapping[str, str]]
) -> dict[str, Answer]:
    """The questions of this dialog that the file says were left out, by place."""
    label, dialog = catalogue.labels["skipped"], visit.dialog
    left = {line["step"] for line in lines if line["answer"] == label}
    asks = [ask for ask in _asks(dialog) if ask.skip and f"{dialog.id}.{ask.id}" in left]
    return {prefix_of(visit) + ask.id: _LEFT for ask in asks}


def _item(
    gate: str, dialog: Dialog, item: Mapping[str, Any], today: date
) -> Iterator[tuple[str, Answer]]:
    asks = {ask.fact.id: ask for ask in _asks(dialog)}
    expect(item.keys() <= asks.keys())
    yield gate, Answer(Said.MORE)
    for fact, value in item.items():
        yield from _answer(f"{gate}/{asks[fact].id}", asks[fact].fact, value, today)


def _answer(place: str, fact: Fact, value: object, today: date) -> Iterator[tuple[str, Answer]]:
    answer = as_answered(fact, value, today)
    expect(answer is not None)
    if answer is not None and answer != Answer(Said.VALUE, ""):
        yield place, answer


def _asks(dialog: Dialog) -> list[Ask]:
    return [step for step in dialog.steps.values() if isinstance(step, Ask)]


def _facts(steps: Iterable[object]) -> Iterator[Fact]:
    return (step.fact for step in steps if isinstance(step, Ask | Repeat))
