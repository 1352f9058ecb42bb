"""Short ways to write facts, steps, dialogs, rows and routes in a test."""

from __future__ import annotations

from bot.core.conditions import parse_condition
from bot.core.dialog import (
    Ask,
    Choice,
    Dialog,
    Edge,
    Manner,
    Step,
)
from bot.core.facts import Fact, FactType
from bot.core.routing import How, Route
from bot.core.rules import Row
from bot.core.text import Template


def choice(id_: str, *of: str, unsure: bool = False) -> Fact:
    return Fact(id_, FactType.CHOICE, of or ("yes", "no"), unsure=unsure)


def text(id_: str, type_: FactType = FactType.SHORT_TEXT) -> Fact:
    return Fact(id_, type_)


def to(*edges: str) -> tuple[Edge, ...]:
    """Edges as an author writes them: "child is yes > about", and a bare step is `else`."""
    made = []
    for edge in edges:
        when, _, go = edge.rpartition(" > ")
        conditions = tuple(parse_condition(part) for part in when.split(", ")) if when else ()
        made.append(Edge(conditions, go))
    return tuple(made)


def dialog(
    id_: str,
    *steps: Step,
    facts: tuple[Fact, ...] = (),
    returns: str = "",
    manner: Manner = Manner.ANONYMOUS,
    title: str = "",
) -> Dialog:
    return Dialog(
        id_,
        title or id_.rpartition("/")[2].capitalize(),
        manner,
        {step.id: step for step in steps},
        {fact.id: fact for fact in facts},
        returns,
    )


def ask(fact: Fact, *next_: str, skip: str = "", short: str = "") -> Ask:
    choices = tuple(Choice(v, v.capitalize()) for v in fact.of)
    return Ask(
        id=fact.id,
        fact=fact,
        text=Template(f"Q {fact.id}"),
        choices=choices,
        unsure="Not sure" if fact.unsure else "",
        skip=skip,
        short=short,
        next=to(*next_),
    )


def row(id_: str, then: str, *when: str, routes: tuple[str, ...] = ()) -> Row:
    conditions = tuple(parse_condition(condition) for condition in when)
    return Row(id_, conditions, then, f"clause {id_}", f"Because {id_}", routes, (f"do_{then}",))


def route(id_: str, kind: str, *takes: str, how: How = How.MAIL, anonymous: bool = True) -> Route:
    return Route(
        id_,
        "north",
        f"The {id_}",
        how,
        "clause",
        kind,
        (f"{id_}_box",) if how is How.MAIL else (),
        "CSE",
        takes=takes,
        anonymous=anonymous,
        after=f"After {id_}.",
        phones=f"Phone {id_}.",
    )
