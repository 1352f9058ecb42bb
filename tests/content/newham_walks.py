"""Somebody who walks through Newham's conversations, for the tests of how they end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Check, End, Repeat, Tick
from bot.core.session import Answer, Said, Session
from bot.core.view import present
from bot.core.walk import Walk, replay

DAY = "2026-11-22"
CALM = {"danger_now": "no", "role": "professional", "area": "newham", "asking": "professional"}
WORKER = {"role": "social_worker", "asking": "social_worker"}
FRAMEWORK: Mapping[str, str | int] = {
    "wants": "screen",
    "child_age": 14,
    "offence_evidence": "none",
    "judgement": "agree",
    "look_again_on": "2026-12-01",
}


def walked(
    content: Catalogue, root: str, given: Mapping[str, str], said: Mapping[str, str | int]
) -> tuple[list[tuple[str, str]], Session, Walk]:
    """Somebody who says these and else no, none, unsure or nothing: each screen, and the end."""
    session = Session("e", root, given={**CALM, **given}, day=DAY)
    seen: list[tuple[str, str]] = []
    for _ in range(200):
        walk = replay(content, session)
        step = walk.here.step
        seen.append((step.id, present(content, session, walk).text))
        if isinstance(step, End):
            return seen, session, walk
        answer = _answer(step, said)
        session = replace(session, answers={**session.answers, walk.here.place: answer})
    raise AssertionError(seen[-1])


def _answer(step: object, said: Mapping[str, str | int]) -> Answer:
    match step:
        case Ask():
            return _asked(step, said)
        case Tick():
            marks = ((m.value, str(said.get(m.value, "no"))) for m in step.marks)
            return Answer(Said.MARKS, marks=tuple(marks))
        case Repeat():
            return Answer(Said.ENOUGH)
        case Check():
            return Answer(Said.CHECKED)
        case _:
            return Answer(Said.SEEN)


def _asked(step: Ask, said: Mapping[str, str | int]) -> Answer:
    if (value := said.get(step.fact.id)) is not None:
        return Answer(Said.UNSURE) if value == "unsure" else Answer(Said.VALUE, value)
    if step.skip:
        return Answer(Said.SKIPPED)
    if "no" not in step.fact.of and step.unsure:
        return Answer(Said.UNSURE)
    if "no" in step.fact.of:
        return Answer(Said.VALUE, "no")
    return Answer(Said.VALUE, step.choices[0].value if step.choices else "words")
