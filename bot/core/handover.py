"""From a finished walk to submissions: one for each open mail route of the finding, each with
only the answers that the route takes (Wirral, Intelligence and Information Gathering: what can
identify a child goes to the referral, not to intelligence).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Manner, Repeat, Tick, fields_of
from bot.core.facts import NO, PROFESSIONALS, UNSURE, YES, FactType, Value
from bot.core.finding import Finding
from bot.core.routing import How, Route
from bot.core.saying import (
    answer_words,
    heading,
    item_of,
    reviewable,
    routes_of,
)
from bot.core.sending import by_mail
from bot.core.session import Said, Session
from bot.core.submission import AnswerLine, Submission
from bot.core.walk import Visit, Walk

ALWAYS: Final = ("danger_now", "area", "role")  # facts every mail may carry


def submissions(
    catalogue: Catalogue, session: Session, walk: Walk, day: date
) -> tuple[Submission, ...]:
    """What this walk hands over, one submission a route, in the finding's order; none where
    everything was left out.
    """
    if walk.here.dialog.manner is Manner.PRACTICE:  # content that would is refused when it loads
        return ()
    return _each(catalogue, session, walk, by_mail(catalogue, session, walk), day)


def paper_routes(catalogue: Catalogue, session: Session, walk: Walk) -> list[Route]:
    """The named routes whose documents a person who works with children may have, closed today or
    not: those of which something was asked, so that no form is given blank, and for that person's
    own file unless the same is in a mail. None for anybody else.
    """
    if walk.facts.get("role") not in PROFESSIONALS:
        return []
    named = [catalogue.routes[name] for name in routes_of(catalogue, session, walk)]
    named = [route for route in named if not route.anonymous]
    in_mail = {place for route in named if route.how is How.MAIL for place in _places(walk, route)}
    found: dict[object, Route] = {}
    for route in named:
        if route.how is How.MAIL:
            if _taken(walk, route, everything=bool(session.adds_to)):
                found.setdefault(route.id, route)
        elif not _places(walk, route) <= in_mail:
            # the same answers once, though several people are to be told of them: for whoever
            # is called at once rather than whoever is talked to
            first = found.setdefault(route.takes, route)
            if first.how is How.TELL and route.how is How.PHONE:
                found[route.takes] = route
    return list(found.values())


def _places(walk: Walk, route: Route) -> set[str]:
    """Of the answers that a route takes."""
    return {visit.place for visit in _taken(walk, route, everything=False)}


def papers(
    catalogue: Catalogue, session: Session, walk: Walk, day: date
) -> tuple[Submission, ...]:
    """What is printed for a person who sends it themselves, one submission a route."""
    return _each(catalogue, session, walk, paper_routes(catalogue, session, walk), day)


def _each(
    catalogue: Catalogue, session: Session, walk: Walk, routes: Sequence[Route], day: date
) -> tuple[Submission, ...]:
    references = session.adds_to.get("references", {})
    taken = [_taken(walk, route, everything=bool(references)) for route in routes]
    if not any(_says_something(visit) for visits in taken for visit in visits):
        return ()
    return tuple(
        _one(catalogue, session, walk, route, visits, str(references.get(route.id, "")), day)
        for route, visits in zip(routes, taken, strict=True)
    )


def _says_something(visit: Visit) -> bool:
    """Whether an answer tells its reader anything: a report of nothing but "left out" does not."""
    step, answer = visit.step, visit.answer
    if answer is None or not isinstance(step, Ask | Tick):
        return False
    if isinstance(step, Tick):  # a fact that may be so tells as little as any button does
        return any(said == YES or (said != NO and not step.asks) for _, said in answer.marks)
    return answer.said is Said.VALUE and step.fact.type is not FactType.CHOICE


def _one(
    catalogue: Catalogue,
    session: Session,
    walk: Walk,
    route: Route,
    visits: tuple[Visit, ...],
    adds_to: str,
    day: date,
) -> Submission:
    worded = bool(session.warned) and walk.facts.get("danger_now") != YES
    return Submission(
        route=route.id,
        kind=route.kind,
        area=route.area,
        day=day.isoformat(),
        anonymous=route.anonymous,
        facts=_facts(walk, visits),
        indicators=_indicators(visits) if not route.anonymous else {},
        answers=tuple(line for visit in visits for line in _lines(catalogue, visit)),
        finding=_finding(catalogue, walk, route),
        editions={"content": catalogue.edition},
        adds_to=adds_to,
        mark=catalogue.screens["danger_worded"].source.strip() if worded else "",
    )


def _taken(walk: Walk, route: Route, *, everything: bool) -> tuple[Visit, ...]:
    visits = reviewable(walk.visits)
    if everything:
        return visits
    wanted = set(route.takes)
    return tuple(v for v in visits if wanted.intersection(v.frames))


def _facts(walk: Walk, visits: tuple[Visit, ...]) -> dict[str, Value]:
    """The shared facts these visits set, and the own facts of the dialogs they belong to."""
    asked = [name for visit in visits for name, _ in fields_of(visit.step)]
    facts = {name: walk.facts[name] for name in (*ALWAYS, *asked) if name in walk.facts}
    dialogs = {visit.frames for visit in visits}
    for frames, own in walk.records:
        if frames in dialogs:
            facts.update(own)
    return facts


def _indicators(visits: tuple[Visit, ...]) -> dict[str, str]:
    ticks = [v for v in visits if v.answer and isinstance(v.step, Tick) and not v.step.asks]
    return {sign: said for v in ticks if v.answer for sign, said in v.answer.marks}


def _finding(catalogue: Catalogue, walk: Walk, route: Route) -> Finding:
    """The whole finding for a named referral; for an anonymous route only the reasons of the
    rows that sent it there, so that what was found about a child does not travel along.
    """
    found = walk.finding or Finding(rules="", results={})
    if not route.anonymous or walk.finding is None:
        return found
    tables = catalogue.rules[found.rules].tables
    own = {row.id for table in tables for row in table.rows if route.id in row.routes}
    return Finding(
        rules=found.rules,
        results={"action": route.kind},
        because=tuple(reason for reason in found.because if reason.row in own),
        emergency=found.emergency,
        editions=found.editions,
    )


def _lines(catalogue: Catalogue, visit: Visit) -> Iterator[AnswerLine]:
    """One line an answer; of a tick screen of facts one for each: none can be overlooked."""
    step, answer = visit.step, visit.answer
    if not (isinstance(step, Tick) and step.asks and answer):
        yield _line(catalogue, visit)
        return
    given = dict(answer.marks)
    for mark in step.marks:
        unsure = given[mark.value] == UNSURE
        yield AnswerLine(
            step=f"{visit.dialog.id}.{mark.value}",
            question=mark.label,
            answer=catalogue.labels["unsure"] if unsure else given[mark.value].capitalize(),
            said=Said.UNSURE if unsure else Said.VALUE,
            fact=mark.value,
        )


def _line(catalogue: Catalogue, visit: Visit) -> AnswerLine:
    answer, step = visit.answer, visit.step
    return AnswerLine(
        step=_step_name(visit),
        question=heading(visit),
        answer=answer_words(visit, catalogue.labels),
        said=answer.said if answer else Said.SKIPPED,
        fact=step.fact.id if isinstance(step, Ask | Repeat) else "",
        item="" if _is_of_all(visit) else item_of(visit),
    )


def _is_of_all(visit: Visit) -> bool:
    """Whether a question asked about one sign is about the whole, as danger now is: its fact is
    shared, and what was said of it last is what counts.
    """
    step = visit.step
    return isinstance(step, Ask) and bool(visit.about) and step.fact.id not in visit.dialog.facts


def _step_name(visit: Visit) -> str:
    """With the number of the item, or the id of the sign, that a question is about."""
    item: str | int = "" if _is_of_all(visit) else visit.item
    if item and visit.about:  # the place is "…/SCREEN.SIGN/QUESTION"
        item = visit.place.split("/")[-2].rpartition(".")[2]
    return f"{visit.dialog.id}{f'#{item}' if item else ''}.{visit.step.id}"
