"""Questions: which buttons they need and which the fact allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.core.dialog import Ask, Choice, Edge, Far
from bot.core.facts import NO, UNSURE, YES, Fact, FactType, Value
from bot.core.path import ROLE
from bot.core.text import Template
from bot.loading.codes import Code
from bot.loading.facts import ELSEWHERE
from bot.loading.faults import Faults
from bot.loading.source import Written
from bot.loading.written_dialogs import Buttons, WrittenAsk, WrittenFar

ELSEWHERE_LABEL: Final = "Somewhere else"
_SAID: Final = (YES, NO, UNSURE)


def link_ask(
    id_: Written,
    step: WrittenAsk,
    fact: Fact,
    text: Template,
    reject: Template,
    edges: tuple[Edge, ...],
    area_names: Mapping[str, str],
    faults: Faults,
) -> Ask | None:
    """The question, or None when its fact is a list, which only `repeat` can fill."""
    if fact.type is FactType.LIST:
        message = f"`{fact.id}` is a list; fill it with `repeat`."
        faults.add(step.ask.place, Code.WRONG_TYPE, message)
        return None
    if fact.unsure and not step.unsure:
        message = f"`{fact.id}` allows unsure; add `unsure:` and its label to `{id_}`."
        faults.add(id_.place, Code.MISSING_UNSURE, message)
    if step.unsure and not fact.unsure:
        message = f"`{fact.id}` does not allow unsure; remove it, or declare `unsure: allowed`."
        faults.add(step.unsure.place, Code.UNSURE_NOT_ALLOWED, message)
    return Ask(
        id=str(id_),
        fact=fact,
        text=text,
        short=step.short or "",
        choices=_choices(id_, step, fact, area_names, faults),
        unsure=step.unsure or "",
        skip=step.skip or "",
        reject=reject,
        required=step.required,
        reach=step.reach,
        who=tuple(map(str, step.who)),
        clause=step.clause or "",
        far=_far(step.far),
        next=edges,
        line=id_.place.line,
    )


def check_field(
    id_: Written, step: WrittenAsk, facts: Mapping[str, Fact | None], faults: Faults
) -> None:
    """What makes the question a field of a form: who may fill it in, and that nobody is ever held
    up by a field which the form needs.
    """
    if step.far:
        _check_far(step.ask, step.far, facts, faults)
    fact = facts.get(ROLE)
    roles = fact.of if fact else ()
    for role in step.who:
        if role not in roles:
            message = f"`role` is never `{role}`."
            faults.add(role.place, Code.UNKNOWN_CHOICE, message, written=role, allowed=roles)
    if step.required and not (step.unsure or step.skip):
        message = f"`{id_}` is required and holds people up: give it `unsure:`, `skip:` or both."
        faults.add(id_.place, Code.HOLDS_UP, message)


def _far(far: WrittenFar | None) -> Far | None:
    if far is None:
        return None
    return Far(far.days, str(far.after or ""), far.text, tuple(map(str, far.before)))


def _check_far(
    asked: Written, far: WrittenFar, facts: Mapping[str, Fact | None], faults: Faults
) -> None:
    others = far.before if far.after is None else (far.after, *far.before)
    if far.before and far.after is not None:
        message = "`far` has `after` or `before`, and not both."
        faults.add(far.place, Code.WRONG_VALUE, message)
    for other in others:
        if other not in facts:
            message = f"There is no fact `{other}`; declare it under `facts:`."
            faults.add(other.place, Code.UNKNOWN_FACT, message, written=other, allowed=facts)
    for name in (asked, *others):
        fact = facts.get(name)
        if fact is not None and fact.type is not FactType.DATE:
            message = f"`far` compares two dates; `{name}` is a {fact.type}."
            faults.add(name.place, Code.WRONG_TYPE, message)


def _choices(
    id_: Written,
    step: WrittenAsk,
    fact: Fact,
    area_names: Mapping[str, str],
    faults: Faults,
) -> tuple[Choice, ...]:
    if step.buttons is None:
        return _without_buttons(id_, fact, area_names, faults)
    if fact.type is not FactType.CHOICE:
        message = f"`{fact.id}` is a {fact.type} and has no buttons."
        faults.add(id_.place, Code.WRONG_TYPE, message)
        return ()
    for value in step.buttons:
        if value not in fact.of:
            message = f"`{fact.id}` is never `{value}`; it is {', '.join(fact.of)}."
            faults.add(value.place, Code.UNKNOWN_CHOICE, message, written=value, allowed=fact.of)
    return tuple(Choice(str(v), label) for v, label in step.buttons.items() if label is not None)


def _without_buttons(
    id_: Written, fact: Fact, area_names: Mapping[str, str], faults: Faults
) -> tuple[Choice, ...]:
    if fact.type is not FactType.CHOICE:
        return ()
    if fact.of == (*area_names, ELSEWHERE):
        named = [Choice(area, name) for area, name in area_names.items()]
        return (*named, Choice(ELSEWHERE, ELSEWHERE_LABEL))
    message = f"`{id_}` asks a choice and needs `buttons`, one for each of {', '.join(fact.of)}."
    faults.add(id_.place, Code.MISSING_BUTTONS, message)
    return ()


def assigned(
    values: tuple[tuple[Fact, Written], ...], faults: Faults
) -> tuple[tuple[Fact, Value], ...]:
    """Facts and what each is set to without asking: a choice's value, a whole number, or
    unsure where the fact allows it.
    """
    return tuple((fact, _assigned(fact, value, faults)) for fact, value in values)


def _assigned(fact: Fact, value: Written, faults: Faults) -> Value:
    if fact.unsure and value == UNSURE:
        return UNSURE
    if fact.type is FactType.WHOLE_NUMBER and value.isdecimal():
        if not fact.allows(int(value)):
            message = f"`{fact.id}` is from {fact.minimum} to {fact.maximum}."
            faults.add(value.place, Code.WRONG_NUMBER, message)
        return int(value)
    if fact.type is not FactType.CHOICE:
        message = f"`{fact.id}` is a {fact.type}; only a choice or a number is assigned."
        faults.add(value.place, Code.WRONG_TYPE, message)
    elif value not in fact.of:
        message = f"`{fact.id}` is never `{value}`; it is {', '.join(fact.of)}."
        faults.add(value.place, Code.UNKNOWN_CHOICE, message, written=value, allowed=fact.of)
    return str(value)


def marked(signs: Mapping[Written, Written], faults: Faults) -> tuple[tuple[str, str], ...]:
    """Signs and what each is said to be without asking."""
    for sign, said in signs.items():
        if said not in _SAID:
            message = f"A sign is {', '.join(_SAID)}; `{sign}` is never `{said}`."
            faults.add(said.place, Code.UNKNOWN_CHOICE, message, written=said, allowed=_SAID)
    return tuple((str(sign), str(said)) for sign, said in signs.items())


def yes_and_no(id_: Written, buttons: Buttons, faults: Faults) -> tuple[str, str]:
    """The two labels of a repeat."""
    if set(buttons) != {YES, NO}:
        message = f"`buttons` of `{id_}` are yes and no, with a label each."
        faults.add(id_.place, Code.MISSING_BUTTONS, message)
    yes, no = (next((v for k, v in buttons.items() if k == word), None) for word in (YES, NO))
    return yes or "", no or ""
