"""Carrying over last month's report: its `submission.json` read again as answers that may still be
so. Nothing of the file stays but these, in the session; and they go with it.

The file comes from a person's device, so nothing in it is believed: its shape must be exactly that
of docs/submission.schema.json, of the very report that is being written, and every value one that
its question could have been answered with.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NoReturn

from bot.core.answers import as_answered
from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Dialog, Repeat, Tell
from bot.core.facts import NO, PROFESSIONALS, UNSURE, YES, Fact
from bot.core.handover import ALWAYS
from bot.core.saying import answer_words, prefix_of, question
from bot.core.session import Answer, Overlay, Said, Session
from bot.core.walk import Visit, Walk

MOST: Final = 256 * 1024  # bytes of a file
_DIGITS: Final = 9  # of any number in it
_KEYS: Final = frozenset(
    ("reference", "kind", "area", "route", "editions", "facts", "indicators", "finding", "answers")
)
_FINDING: Final = frozenset(("results", "because", "not_asked", "emergency"))
_REASON: Final = frozenset(("row", "text", "clause"))
_NEAR: Final = "near_misses"
_MISS: Final = frozenset(("row", "text", "would_be", "clause"))
_LINE: Final = frozenset(("step", "question", "answer"))
_MARKS: Final = frozenset((YES, NO, UNSURE))


class Refused(Exception):  # noqa: N818 - named for what is true
    """The file is not what was asked for. Says nothing of what is in it."""


def awaited(session: Session, walk: Walk) -> Tell | None:
    """The step that takes a file from this person now, or None: it is asked for at that step alone
    and of people who work with children.
    """
    step = walk.here.step
    here = session.overlay is Overlay.NONE and not session.changing
    worker = walk.facts.get("role") in PROFESSIONALS
    return step if here and worker and isinstance(step, Tell) and step.brings else None


def carried(catalogue: Catalogue, walk: Walk, step: Tell, content: bytes) -> dict[str, Answer]:
    """The answers of the file, by the places where this dialog asks for them. Raises Refused."""
    body = _read(content)
    route = catalogue.routes[step.brings]
    _expect((body["kind"], body["area"], body["route"]) == (route.kind, route.area, route.id))
    facts, visit = body["facts"], walk.here
    known = {fact.id for fact in _facts(visit.dialog.steps.values())} | set(ALWAYS)
    _expect(facts.keys() <= known)
    found = dict(_answers(catalogue, visit, facts))
    _expect(bool(found))
    return found


def offered(session: Session, visit: Visit) -> Answer | None:
    """The answer of last time that is shown at this question, or None."""
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
    answer = offered(session, visit)
    if answer is None:
        return ""
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
    catalogue: Catalogue, visit: Visit, facts: Mapping[str, Any]
) -> Iterator[tuple[str, Answer]]:
    prefix = prefix_of(visit)
    for step in visit.dialog.steps.values():
        match step:
            case Ask() if step.fact.id in facts:
                yield from _answer(prefix + step.id, step.fact, facts[step.fact.id])
            case Repeat() if step.fact.id in facts:
                items = facts[step.fact.id]
                _expect(isinstance(items, list) and len(items) <= step.fact.at_most)
                dialog = catalogue.dialogs[step.dialog]
                for number, item in enumerate(items, 1):
                    yield from _item(f"{prefix}{step.id}.{number}", dialog, item)
            case _:
                pass


def _item(gate: str, dialog: Dialog, item: Mapping[str, Any]) -> Iterator[tuple[str, Answer]]:
    asks = {ask.fact.id: ask for ask in _asks(dialog)}
    _expect(item.keys() <= asks.keys())
    yield gate, Answer(Said.MORE)
    for fact, value in item.items():
        yield from _answer(f"{gate}/{asks[fact].id}", asks[fact].fact, value)


def _answer(place: str, fact: Fact, value: object) -> Iterator[tuple[str, Answer]]:
    answer = as_answered(fact, value)
    _expect(answer is not None)
    if answer is not None and answer != Answer(Said.VALUE, ""):
        yield place, answer


def _asks(dialog: Dialog) -> list[Ask]:
    return [step for step in dialog.steps.values() if isinstance(step, Ask)]


def _facts(steps: Iterable[object]) -> Iterator[Fact]:
    return (step.fact for step in steps if isinstance(step, Ask | Repeat))


# ---- the shape of the file (docs/submission.schema.json) ----


def _read(content: bytes) -> dict[str, Any]:
    _expect(len(content) <= MOST)
    try:
        return _checked(
            json.loads(
                content.decode("utf-8"),
                object_pairs_hook=_object,
                parse_int=_whole,
                parse_float=_refuse,
                parse_constant=_refuse,
            )
        )
    except (ValueError, RecursionError):  # RecursionError: nested deeper than any report
        raise Refused from None


def _checked(body: object) -> dict[str, Any]:
    _expect(isinstance(body, dict) and body.keys() == _KEYS)
    assert isinstance(body, dict)  # noqa: S101 - just looked at
    _expect(all(isinstance(body[key], str) for key in ("reference", "kind", "area", "route")))
    _expect(_texts(body["editions"]) and _record(body["facts"]))
    _expect(_texts(body["indicators"]) and _MARKS.issuperset(body["indicators"].values()))
    _check_finding(body["finding"])
    _expect(_lines(body["answers"], _LINE))
    return body


def _check_finding(finding: object) -> None:
    _expect(isinstance(finding, dict) and finding.keys() - {_NEAR} == _FINDING)
    assert isinstance(finding, dict)  # noqa: S101 - just looked at
    _expect(_lines(finding.get(_NEAR, []), _MISS))  # reports had none before
    _expect(_texts(finding["results"]) and _lines(finding["because"], _REASON))
    waiting = finding["not_asked"]
    _expect(isinstance(waiting, list) and all(isinstance(name, str) for name in waiting))
    _expect(isinstance(finding["emergency"], bool))


def _texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _lines(value: object, keys: frozenset[str]) -> bool:
    return isinstance(value, list) and all(_texts(line) and line.keys() == keys for line in value)


def _record(value: object) -> bool:
    return isinstance(value, dict) and all(map(_value, value.values()))


def _value(value: object) -> bool:
    plain = isinstance(value, str) or type(value) is int
    return plain or (isinstance(value, list) and all(map(_record, value)))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    _expect(len(found) == len(pairs))  # a key written twice says two things
    return found


def _whole(digits: str) -> int:
    _expect(len(digits) <= _DIGITS)
    return int(digits)


def _refuse(_text: str) -> NoReturn:
    raise Refused


def _expect(so: bool) -> None:  # noqa: FBT001 - reads as a sentence
    if not so:
        raise Refused
