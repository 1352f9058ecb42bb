"""A second evaluator, written from docs/CONDITIONS.md alone, for the first to be compared with.

It is slow and plain on purpose: what waits is found by trying every completion, row by row and
condition by condition, with nothing kept, shared or made ready.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from bot.core.conditions import Condition, Form
from bot.core.facts import Known
from bot.core.finding import Finding, NearMiss, Reason
from bot.core.rules import Hit, Row, RuleBook, Table

ANSWERS = ("yes", "no", "unsure")


class Fails(Exception):  # noqa: N818
    """The page says that evaluation fails; the code says how."""


def oracle(book: RuleBook, known: Known) -> Finding:
    facts = dict(known.facts) | dict(known.indicators)
    results: dict[str, str] = {}
    because: list[Reason] = []
    near: list[NearMiss] = []
    matched: list[Row] = []
    not_asked: set[str] = set()
    for table in book.tables:
        judged = {row.id: [judge(book, c, facts) for c in row.when] for row in table.rows}
        hits = [row for row in table.rows if all(j == "holds" for j in judged[row.id])]
        outcome = outcome_of(table, hits)
        matched += hits
        because += [Reason(row.id, row.text, row.clause) for row in hits]
        if not hits:
            because.append(
                Reason(table.id + ".otherwise", table.otherwise_text, table.otherwise_clause)
            )
        for row in table.rows:
            states = judged[row.id]
            if states.count("holds") == len(states) - 1 and stronger(table, row.then, outcome):
                [missing] = [c for c, j in zip(row.when, states, strict=True) if j != "holds"]
                text = f"would be {row.then} if {aloud(book, missing)}"
                near.append(NearMiss(row.id, text, row.then, row.clause))
            if "refuted" not in states:
                for condition, j in zip(row.when, states, strict=True):
                    if j == "waits":
                        not_asked |= {n for n in read_by(book, condition) if n not in facts}
        results[table.id] = facts[table.id] = outcome
    return Finding(
        rules=book.id,
        results=results,
        routes=tuple(once([route for row in matched for route in row.routes])),
        advice=tuple(once([advice for row in matched for advice in row.advice])),
        because=tuple(because),
        near_misses=tuple(near),
        not_asked=tuple(sorted(not_asked)),
        emergency=any(row.emergency for row in matched),
        editions={book.file: book.edition},
    )


def outcome_of(table: Table, hits: list[Row]) -> str:
    if table.hit is Hit.ONLY_ONE:
        if len(hits) > 1:
            raise Fails("several_rows")
        if not hits:
            raise Fails("no_row")
        return hits[0].then
    if hits:
        return next(o for o in reversed(table.scale) if o in [row.then for row in hits])
    if not table.otherwise:
        raise Fails("no_row")
    return table.otherwise


def stronger(table: Table, one: str, other: str) -> bool:
    return table.scale.index(one) > table.scale.index(other)


def once(names: list[str]) -> list[str]:
    return [name for place, name in enumerate(names) if name not in names[:place]]


def members(book: RuleBook, group: str) -> list[str]:
    if group == "every indicator":
        return list(book.indicators)
    if group in {"harm", "risk", "background"}:
        return [i.id for i in book.indicators.values() if i.kind == group]
    return list(book.groups[group])


def read_by(book: RuleBook, condition: Condition) -> list[str]:
    if condition.form in {Form.ANY_OF, Form.NONE_OF, Form.AT_LEAST}:
        return members(book, condition.subject)
    return [condition.subject]


def judge(book: RuleBook, condition: Condition, facts: Mapping[str, object]) -> str:
    """Holds or is refuted if it does so in every completion of what is not asked; else it waits.
    A first-four condition on a fact that is not asked waits, whatever its domain.
    """
    names = read_by(book, condition)
    if condition.form in {Form.IS, Form.IS_NOT, Form.ONE_OF, Form.COMPARE}:
        if condition.subject not in facts:
            return "waits"
        return "holds" if true_of_value(condition, facts[condition.subject]) else "refuted"
    silent = [name for name in names if name not in facts]
    verdicts = set()
    for completion in product(ANSWERS, repeat=len(silent)):
        whole = {**facts, **dict(zip(silent, completion, strict=True))}
        verdicts.add(true_of_group(condition, [whole[name] for name in names]))
    if len(verdicts) == 2:
        return "waits"
    return "holds" if verdicts == {True} else "refuted"


def true_of_value(condition: Condition, value: object) -> bool:
    if value == "unsure":
        return condition.or_unsure
    if condition.form is Form.COMPARE:
        assert isinstance(value, int)
        return {
            "<": value < condition.bound,
            "<=": value <= condition.bound,
            ">": value > condition.bound,
            ">=": value >= condition.bound,
        }[condition.operator]
    among = str(value) in condition.values
    return not among if condition.form is Form.IS_NOT else among


def true_of_group(condition: Condition, answers: list[object]) -> bool:
    if condition.or_unsure:
        counts_as = "no" if condition.form is Form.NONE_OF else "yes"
        answers = [counts_as if answer == "unsure" else answer for answer in answers]
    if condition.form is Form.ANY_OF:
        return "yes" in answers
    if condition.form is Form.NONE_OF:
        return all(answer == "no" for answer in answers)
    return len([answer for answer in answers if answer == "yes"]) >= condition.bound


def aloud(book: RuleBook, condition: Condition) -> str:
    name = condition.subject
    if name in book.indicators:
        name = f'"{book.indicators[name].text}"'
    n = condition.bound
    sign = {"<": "under", "<=": "at most", ">": "over", ">=": "at least"}
    words = {
        Form.IS: f"{name} is {' '.join(condition.values)}",
        Form.ONE_OF: f"{name} is {' or '.join(condition.values)}",
        Form.IS_NOT: f"{name} is known and is not {' '.join(condition.values)}",
        Form.COMPARE: f"{name} is {sign.get(condition.operator, '')} {n}",
        Form.ANY_OF: f"any of {name} is yes",
        Form.NONE_OF: f"every one of {name} is no",
        Form.AT_LEAST: f"at least {n} of {name} are yes",
    }[condition.form]
    return words + " or not known" if condition.or_unsure else words
