"""An author's worked examples: what comes out otherwise is named, what is right is silent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.facts import Fact, FactType
from bot.core.grammar import parse_condition
from bot.core.rules import Hit, Indicator, Kind, Row, RuleBook, Table
from bot.loading.prover import Example, check_examples

NUMBERS = {"young": 13}


def row(id_: str, then: str, *when: str) -> Row:
    return Row(id_, tuple(parse_condition(w, NUMBERS) for w in when), then, "c", id_)


DANGER = replace(row("DANGER", "high", "danger is yes or unsure"), emergency=True)
YOUNG = replace(
    row("YOUNG", "high", "age < young", "any of signs"), routes=("desk",), advice=("keep",)
)
BOOK = RuleBook(
    id="area/book",
    area="area",
    tables=(
        Table("level", Hit.STRONGEST, ("low", "high"), (DANGER, YOUNG), "low", "c"),
        Table(
            "action",
            Hit.ONLY_ONE,
            ("rest", "act"),
            (row("ACT", "act", "level is high"), row("REST", "rest", "level is low")),
        ),
    ),
    reads={
        "danger": Fact("danger", FactType.CHOICE, ("yes", "no"), unsure=True),
        "age": Fact("age", FactType.WHOLE_NUMBER, minimum=0, maximum=17, unsure=True),
    },
    indicators={n: Indicator(n, "signs", Kind.HARM, n, "c") for n in ("sign_a", "sign_b")},
    groups={"signs": ("sign_a", "sign_b")},
)

RIGHT = Example(
    name="a young child",
    facts={"danger": "no", "age": "12"},
    indicators={"sign_a": "yes"},
    rest="no",
    expect_results={"level": "high", "action": "act"},
    expect_rows=("YOUNG", "ACT"),
    expect_routes=("desk",),
    expect_advice=("keep",),
    expect_emergency=False,
    line=30,
)


def test_an_example_that_comes_out_as_expected_is_silent() -> None:
    assert check_examples(BOOK, (RIGHT,)) == ()


def test_what_is_not_expected_is_not_compared() -> None:
    assert check_examples(BOOK, (Example("nothing", {"danger": "unsure"}),)) == ()


def test_otherwise_need_not_be_named_and_may_be() -> None:
    quiet = replace(
        RIGHT,
        indicators={},
        expect_results={"level": "low"},
        expect_rows=("REST",),
        expect_routes=(),
        expect_advice=(),
    )
    named = replace(quiet, expect_rows=("level.otherwise", "REST"))
    assert check_examples(BOOK, (quiet, named)) == ()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (replace(RIGHT, expect_results={"level": "low"}), "gives level high, not low"),
        (replace(RIGHT, expect_rows=("ACT",)), "gives the rows ACT, YOUNG, not ACT"),
        (
            replace(RIGHT, expect_rows=("ACT", "YOUNG", "level.otherwise")),
            "gives the rows ACT, YOUNG, not ACT, YOUNG, level.otherwise",
        ),
        (replace(RIGHT, expect_routes=()), "gives the routes desk, not none"),
        (replace(RIGHT, expect_advice=("x",)), "gives the advice keep, not x"),
        (replace(RIGHT, expect_emergency=True), "is not an emergency"),
        (
            replace(RIGHT, facts={"moon": "full"}),
            "names the fact `moon`, which the rulebook does not read",
        ),
        (replace(RIGHT, facts={"age": "eighty"}), "gives `age` a value it does not allow"),
        (replace(RIGHT, facts={"age": 80}), "gives `age` a value it does not allow"),
        (
            replace(RIGHT, indicators={"sign_z": "yes"}),
            "names the indicator `sign_z`, which does not exist",
        ),
        (
            replace(RIGHT, expect_results={"weather": "fine"}),
            "expects something of the table `weather`, which does not exist",
        ),
        (
            replace(RIGHT, rest="maybe"),
            "answers an indicator with something other than yes, no or unsure",
        ),
    ],
)
def test_a_difference_is_named_at_the_example(wrong: Example, message: str) -> None:
    [fault] = check_examples(BOOK, (wrong,))
    assert fault.line == 30
    assert fault.code == "EXAMPLE_FAILS"
    assert fault.message == f'The example "a young child" {message}.'


def test_an_emergency_that_was_not_expected_is_named() -> None:
    example = Example("danger", {"danger": "yes"}, expect_emergency=False)
    assert "is an emergency" in check_examples(BOOK, (example,))[0].message


def test_an_example_that_ends_in_no_row_is_a_fault() -> None:
    table = Table("action", Hit.ONLY_ONE, ("act",), (row("ACT", "act", "danger is yes"),))
    [fault] = check_examples(replace(BOOK, tables=(table,)), (Example("silent"),))
    assert fault.message == 'The example "silent" has no single row in `action`.'
