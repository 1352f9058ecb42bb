"""What a finding holds, case by case, and how evaluation fails."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.evaluate import NoRow, evaluate
from bot.core.facts import Fact, FactType, Known
from bot.core.finding import NearMiss, Reason
from bot.core.grammar import parse_condition
from bot.core.rules import Hit, Indicator, Kind, Row, RuleBook, Table
from bot.errors import BotError

NUMBERS = {"young": 13, "two": 2}
SCALE = ("advise", "discuss", "refer")


def row(id_: str, then: str, *when: str) -> Row:
    conditions = tuple(parse_condition(text, NUMBERS) for text in when)
    return Row(id_, conditions, then, f"clause of {id_}", f"text of {id_}")


def book(*tables: Table) -> RuleBook:
    return RuleBook(
        id="area/book",
        area="area",
        tables=tables,
        reads={
            "danger": Fact("danger", FactType.CHOICE, ("yes", "no"), unsure=True),
            "age": Fact("age", FactType.WHOLE_NUMBER, minimum=0, maximum=17, unsure=True),
            "pounds": Fact("pounds", FactType.WHOLE_NUMBER, minimum=0, maximum=90_000),
            "people": Fact("people", FactType.LIST, item="person", at_most=3),
        },
        indicators={
            "sign_a": Indicator("sign_a", "signs", Kind.HARM, "New phone", "c"),
            "sign_b": Indicator("sign_b", "signs", Kind.RISK, "Goes missing", "c"),
        },
        groups={"signs": ("sign_a", "sign_b")},
        file="rules/area/book.yaml",
        edition="e1",
    )


def strongest(*rows: Row, otherwise: str = "advise") -> Table:
    return Table(
        "action", Hit.STRONGEST, SCALE, rows, otherwise, "clause 9", otherwise_text="Nothing else."
    )


def test_the_strongest_row_gives_the_outcome_and_every_match_is_a_reason() -> None:
    sample = book(
        strongest(
            row("A", "discuss", "danger is no"),
            row("B", "refer", "age < young"),
            row("C", "advise"),
        )
    )
    finding = evaluate(sample, Known({"danger": "no", "age": 12}))
    assert finding.results == {"action": "refer"}
    assert finding.action == "refer"
    assert finding.because == (
        Reason("A", "text of A", "clause of A"),
        Reason("B", "text of B", "clause of B"),
        Reason("C", "text of C", "clause of C"),
    )
    assert finding.rules == "area/book"
    assert finding.editions == {"rules/area/book.yaml": "e1"}
    assert finding.not_asked == ()


def test_otherwise_is_a_reason_with_a_clause() -> None:
    finding = evaluate(
        book(strongest(row("A", "refer", "danger is yes"))), Known({"danger": "no"})
    )
    assert finding.results == {"action": "advise"}
    assert finding.because == (Reason("action.otherwise", "Nothing else.", "clause 9"),)


def test_routes_and_advice_come_once_in_the_order_of_the_file() -> None:
    one = replace(row("A", "discuss"), routes=("desk", "police"), advice=("keep", "call"))
    two = replace(row("B", "refer"), routes=("police", "panel"), advice=("wait", "keep"))
    off = replace(row("C", "refer", "danger is yes"), routes=("x",), advice=("y",), emergency=True)
    finding = evaluate(book(strongest(one, two, off)), Known({"danger": "no"}))
    assert finding.routes == ("desk", "police", "panel")
    assert finding.advice == ("keep", "call", "wait")
    assert not finding.emergency


def test_one_matching_row_makes_an_emergency_even_when_it_is_weak() -> None:
    rows = (
        replace(row("A", "advise", "danger is yes or unsure"), emergency=True),
        row("B", "refer"),
    )
    assert evaluate(book(strongest(*rows)), Known({"danger": "unsure"})).emergency


def test_a_near_miss_is_one_condition_short_of_something_stronger() -> None:
    sample = book(
        strongest(
            row("UNDER", "refer", "danger is no", "age < young or unsure"),
            row("SIGN", "refer", "sign_a is yes"),
            row("TWO_SHORT", "refer", "danger is yes", "age < young"),
            row("WEAK", "advise", "danger is yes"),
            row("NOW", "discuss", "danger is no"),
            row("NO_STRONGER", "discuss", "danger is yes"),
        )
    )
    finding = evaluate(sample, Known({"danger": "no", "age": 13}, {"sign_a": "no"}))
    assert finding.near_misses == (
        NearMiss(
            "UNDER", "would be refer if age is under 13 or not known", "refer", "clause of UNDER"
        ),
        NearMiss("SIGN", 'would be refer if "New phone" is yes', "refer", "clause of SIGN"),
    )


def test_a_waiting_condition_makes_a_near_miss_too() -> None:
    sample = book(strongest(row("A", "refer", "at least two of signs")))
    [near] = evaluate(sample, Known({}, {"sign_a": "yes"})).near_misses
    assert near.text == "would be refer if at least 2 of signs are yes"


def test_only_what_an_open_row_waits_for_is_not_asked() -> None:
    sample = book(
        strongest(
            row("OPEN", "refer", "danger is no", "any of signs", "pounds > two"),
            row("REFUTED", "refer", "danger is yes", "age < young"),
        )
    )
    finding = evaluate(sample, Known({"danger": "no"}, {"sign_b": "no"}))
    assert finding.not_asked == ("pounds", "sign_a")


def test_a_group_that_holds_no_longer_waits_for_the_rest() -> None:
    sample = book(strongest(row("A", "refer", "any of signs")))
    assert evaluate(sample, Known({}, {"sign_b": "yes"})).not_asked == ()


@pytest.mark.parametrize(
    ("condition", "answers", "matches", "not_asked"),
    [
        ("none of signs", ("no", "no"), True, ()),
        ("none of signs", ("no", "unsure"), False, ()),
        ("none of signs", ("no", None), False, ("sign_b",)),
        ("none of signs or unsure", ("unsure", "no"), True, ()),
        ("none of signs or unsure", ("unsure", "yes"), False, ()),
        ("any of signs", ("no", "unsure"), False, ()),
        ("any of signs or unsure", ("no", "unsure"), True, ()),
        ("any of signs", ("unsure", None), False, ("sign_b",)),
        ("at least two of signs", ("yes", "unsure"), False, ()),
        ("at least two of signs", ("no", None), False, ()),
        ("at least two of signs", ("yes", None), False, ("sign_b",)),
        ("at least two of signs or unsure", ("yes", "unsure"), True, ()),
        ("any of harm", ("no", "yes"), False, ()),
        ("any of risk", ("no", "yes"), True, ()),
        ("none of background", (None, None), True, ()),
        ("at least two of every indicator", ("yes", "yes"), True, ()),
    ],
)
def test_a_group_is_counted_over_what_was_answered(
    condition: str,
    answers: tuple[str | None, str | None],
    *,
    matches: bool,
    not_asked: tuple[str, ...],
) -> None:
    given = zip(("sign_a", "sign_b"), answers, strict=True)
    known = Known({}, {name: answer for name, answer in given if answer is not None})
    finding = evaluate(book(strongest(row("A", "refer", condition))), known)
    assert (finding.action == "refer") is matches
    assert finding.not_asked == not_asked


def test_many_conditions_and_signs_do_not_run_into_each_other() -> None:
    rows = [row(f"A{n}", "refer", f"pounds > {name}") for n, name in enumerate(NUMBERS)]
    rows += [row("AGE", "refer", "age < young"), row("YES", "refer", "danger is yes")]
    rows += [row("SIGNS", "discuss", "any of signs"), row("NONE", "discuss", "none of signs")]
    finding = evaluate(book(strongest(*rows)), Known({"age": 14, "danger": "no"}))
    assert finding.action == "advise"
    assert finding.not_asked == ("pounds", "sign_a", "sign_b")
    finding = evaluate(book(strongest(*rows)), Known({"pounds": 1}, {"sign_b": "unsure"}))
    assert finding.action == "advise"
    assert finding.not_asked == ("age", "danger", "sign_a")


def test_the_outcome_of_a_table_is_a_fact_for_the_next() -> None:
    level = Table("level", Hit.STRONGEST, ("1", "2"), (row("L", "2", "age < young"),), "1", "c")
    action = strongest(row("A", "refer", "level is 2"), row("B", "discuss", "level is not 2"))
    sample = book(level, action)
    assert evaluate(sample, Known({"age": 12})).results == {"level": "2", "action": "refer"}
    assert evaluate(sample, Known({"age": 13})).results == {"level": "1", "action": "discuss"}


def test_an_earlier_outcome_given_as_a_fact_is_not_believed() -> None:
    level = Table("level", Hit.STRONGEST, ("1", "2"), (row("L", "2", "age < young"),), "1", "c")
    sample = book(level, strongest(row("A", "refer", "level is 2")))
    assert evaluate(sample, Known({"age": 13, "level": "2"})).action == "advise"


def test_a_number_of_a_wide_range_is_judged_as_it_comes() -> None:
    sample = book(strongest(row("A", "refer", "pounds > young")))
    assert evaluate(sample, Known({"pounds": 80_000})).action == "refer"
    assert evaluate(sample, Known({"pounds": 13})).action == "advise"


def test_a_number_outside_its_range_is_still_compared() -> None:
    sample = book(strongest(row("A", "refer", "age > young")))
    assert evaluate(sample, Known({"age": 45})).action == "refer"


def test_facts_and_indicators_that_no_row_reads_change_nothing() -> None:
    sample = book(strongest(row("A", "refer", "danger is yes")))
    more = Known({"danger": "no", "people": ({"name": "x"},)}, {"sign_a": "yes"})
    assert evaluate(sample, more) == evaluate(sample, Known({"danger": "no"}))


def test_an_answer_that_is_none_of_the_three_counts_as_not_asked() -> None:
    sample = book(strongest(row("A", "refer", "sign_a is yes")))
    assert evaluate(sample, Known({}, {"sign_a": "perhaps"})).not_asked == ("sign_a",)


def test_a_fact_the_book_does_not_declare_is_read_all_the_same() -> None:
    sample = book(strongest(row("A", "refer", "town is newham")))
    assert evaluate(sample, Known({"town": "newham"})).action == "refer"
    assert evaluate(sample, Known()).not_asked == ("town",)


def test_the_one_row_of_an_only_one_table_gives_the_outcome() -> None:
    rows = (row("A", "refer", "danger is yes"), row("B", "advise", "danger is not yes"))
    table = Table("action", Hit.ONLY_ONE, SCALE, rows)
    assert evaluate(book(table), Known({"danger": "no"})).action == "advise"


@pytest.mark.parametrize("known", [Known(), Known({"danger": "unsure"})])
def test_an_only_one_table_without_a_match_is_an_error(known: Known) -> None:
    table = Table("action", Hit.ONLY_ONE, SCALE, (row("A", "refer", "danger is yes"),))
    with pytest.raises(NoRow) as caught:
        evaluate(book(table), known)
    assert isinstance(caught.value, BotError)
    assert (caught.value.code, caught.value.table) == ("no_row", "action")


def test_a_strongest_table_without_match_or_otherwise_is_an_error() -> None:
    with pytest.raises(NoRow, match=r"^no_row$"):
        evaluate(book(strongest(row("A", "refer", "danger is yes"), otherwise="")), Known())


def test_two_matches_in_an_only_one_table_are_an_error() -> None:
    table = Table("action", Hit.ONLY_ONE, SCALE, (row("A", "refer"), row("B", "advise")))
    with pytest.raises(NoRow, match=r"^several_rows$"):
        evaluate(book(table), Known())


def test_many_rulebooks_one_after_another_each_give_their_own_finding() -> None:
    books = [
        replace(book(strongest(row(f"R{n}", "refer", "danger is yes"))), id=f"area/{n}")
        for n in range(70)
    ]
    for sample in [*books, *books]:
        finding = evaluate(sample, Known({"danger": "yes"}))
        assert finding.rules == sample.id
        assert finding.because[0].row == sample.tables[0].rows[0].id
