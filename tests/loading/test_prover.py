"""Each fault of a rulebook: a broken sample with its exact message, and a twin that is sound."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.evaluate import NoRow, evaluate
from bot.core.facts import Fact, FactType, Known
from bot.core.grammar import parse_condition
from bot.core.rules import Hit, Indicator, Kind, Row, RuleBook, Table
from bot.loading.prover import Fault, Proof, prove

NUMBERS = {"young": 13, "teen": 16, "adult": 18, "two": 2, "three": 3, "five": 5}
FACTS = {
    "danger": Fact("danger", FactType.CHOICE, ("yes", "no"), unsure=True),
    "role": Fact("role", FactType.CHOICE, ("public", "professional")),
    "age": Fact("age", FactType.WHOLE_NUMBER, minimum=0, maximum=17, unsure=True),
}
SCALE = ("low", "middle", "high")


def row(
    id_: str, then: str, *when: str, clause: str = "c", line: int = 0, routes: Sequence[str] = ()
) -> Row:
    conditions = tuple(parse_condition(text, NUMBERS) for text in when)
    return Row(id_, conditions, then, clause, f"text of {id_}", tuple(routes), line=line)


def strongest(id_: str, *rows: Row, otherwise: str = "low", line: int = 0) -> Table:
    return Table(id_, Hit.STRONGEST, SCALE, rows, otherwise, "c", line=line)


def only_one(id_: str, *rows: Row, line: int = 0) -> Table:
    return Table(id_, Hit.ONLY_ONE, SCALE, rows, line=line)


def book(*tables: Table, signs: int = 0, must_hold: Sequence[str] = ()) -> RuleBook:
    names = [f"sign_{place}" for place in range(1, signs + 1)]
    return RuleBook(
        id="area/book",
        area="area",
        tables=tables,
        reads=FACTS,
        indicators={
            name: Indicator(name, "signs", Kind.HARM, name, "c", line=place)
            for place, name in enumerate(names, start=50)
        },
        groups={"signs": tuple(names)},
        numbers=NUMBERS,
        must_hold=tuple(must_hold),
        must_hold_lines=tuple(range(90, 90 + len(must_hold))),
    )


def messages(faults: Sequence[Fault]) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.code.value, fault.message) for fault in faults]


COVERED = (
    row("A", "high", "danger is yes or unsure"),
    row("B", "low", "danger is no", "age < young"),
    row("C", "middle", "danger is no", "age >= young or unsure"),
)


def test_a_table_that_always_has_exactly_one_row_is_sound() -> None:
    assert prove(book(only_one("action", *COVERED))) == ()


def test_a_gap_is_shown_with_answers_that_fall_into_it() -> None:
    table = only_one("action", *COVERED[:2], row("C", "middle", "danger is no", "age >= young"))
    assert messages(prove(book(table))) == [
        (0, "RULE_GAP", "No row of `action` matches when danger is no, age is unsure.")
    ]


def test_forgetting_unsure_is_a_gap() -> None:
    table = only_one("action", row("A", "high", "danger is yes"), row("B", "low", "danger is no"))
    [fault] = prove(book(table))
    assert fault.message == "No row of `action` matches when danger is unsure."


def test_a_gap_lies_at_the_line_of_its_table() -> None:
    [fault] = prove(book(only_one("action", row("A", "high", "danger is yes", line=8), line=7)))
    assert fault.line == 7


def test_an_overlap_is_shown_with_answers_that_match_both_rows() -> None:
    table = only_one(
        "action",
        row("A", "high", "danger is yes or unsure"),
        row("B", "low", "danger is not yes or unsure", line=12),
    )
    assert messages(prove(book(table))) == [
        (12, "RULE_OVERLAP", "`A` and `B` both match when danger is unsure.")
    ]


def test_a_gap_of_a_group_is_shown_by_its_signs() -> None:
    table = only_one(
        "action", row("A", "low", "none of signs"), row("B", "high", "at least two of signs")
    )
    [fault] = prove(book(table, signs=3))
    assert fault.message == (
        "No row of `action` matches when sign_2 is unsure and every other indicator is no."
    )


def test_a_row_that_nothing_can_match_is_dead() -> None:
    dead = row("D", "low", "danger is yes", "danger is no", line=20)
    assert messages(prove(book(only_one("action", *COVERED, dead)))) == [
        (20, "RULE_DEAD_ROW", "No answers at all can match `D`.")
    ]
    assert messages(prove(book(strongest("action", *COVERED, dead)))) == [
        (20, "RULE_DEAD_ROW", "No answers at all can match `D`.")
    ]


def test_a_bound_outside_a_number_makes_a_dead_row() -> None:
    dead = row("D", "high", "age >= adult", line=3)
    assert [f.code for f in prove(book(strongest("level", dead)))] == [Proof.RULE_DEAD_ROW]


def test_a_row_that_waits_for_an_outcome_no_row_gives_is_dead() -> None:
    level = strongest("level", row("A", "middle", "danger is yes"))
    action = strongest("action", row("B", "high", "level is high", line=4))
    assert [(f.line, f.code) for f in prove(book(level, action))] == [(4, Proof.RULE_DEAD_ROW)]
    sound = strongest("action", row("B", "high", "level is middle", line=4))
    assert prove(book(level, sound)) == ()


def test_an_outcome_that_only_missing_answers_give_must_be_faced_too() -> None:
    rows = (row("A", "high", "danger is yes or unsure"), row("B", "middle", "danger is no"))
    level = strongest("level", *rows, otherwise="low")
    action = only_one("action", row("C", "high", "level is one of middle high"), line=7)
    assert messages(prove(book(level, action))) == [
        (7, "RULE_GAP", "No row of `action` matches when level is low.")
    ]
    whole = only_one("action", *action.rows, row("D", "low", "level is low"))
    assert prove(book(level, whole)) == ()
    assert evaluate(book(level, whole), Known()).results["action"] == "low"


def test_more_of_a_group_than_it_has_is_impossible() -> None:
    table = strongest("level", row("A", "high", "at least five of signs", line=6))
    assert messages(prove(book(table, signs=4)))[0] == (
        6,
        "IMPOSSIBLE_THRESHOLD",
        "`A` asks for 5 of the 4 in its group.",
    )
    assert prove(book(table, signs=5)) == ()


def test_an_indicator_that_no_row_reads_is_named() -> None:
    table = strongest("level", row("A", "high", "sign_1 is yes"))
    assert messages(prove(book(table, signs=2))) == [
        (
            51,
            "UNREAD_INDICATOR",
            "No row reads the indicator `sign_2`: asking it changes nothing.",
        )
    ]
    through_a_group = strongest("level", row("A", "high", "any of harm"))
    assert prove(book(through_a_group, signs=2)) == ()


def test_a_table_may_not_read_itself_or_a_later_one() -> None:
    level = strongest("level", row("A", "high", "action is high", line=5))
    action = strongest("action", row("B", "high", "danger is yes"))
    assert messages(prove(book(level, action))) == [
        (5, "LATER_TABLE", "`A` reads the table `action`, not yet decided.")
    ]
    assert [f.code for f in prove(book(strongest("action", level.rows[0])))] == [Proof.LATER_TABLE]
    assert prove(book(action, level)) == ()


def test_an_outcome_must_be_on_the_scale() -> None:
    assert messages(
        prove(book(strongest("level", row("A", "severe", "danger is yes", line=5))))
    ) == [(5, "WRONG_OUTCOME", "`severe` is not on the scale low, middle, high.")]
    none = strongest("level", row("A", "high", "danger is yes"), otherwise="nothing", line=2)
    assert [(f.line, f.code) for f in prove(book(none))] == [(2, Proof.WRONG_OUTCOME)]


def test_a_strongest_table_without_otherwise_must_cover_all_answers() -> None:
    rows = (row("A", "high", "danger is yes"), row("B", "low", "danger is no"))
    [fault] = prove(book(strongest("level", *rows, otherwise="")))
    assert fault == (0, Proof.RULE_GAP, "No row of `level` matches when danger is unsure.")
    assert prove(book(strongest("level", *rows, otherwise="low"))) == ()
    assert prove(book(strongest("level", *rows, row("C", "low", clause="d"), otherwise=""))) == ()


def test_a_row_that_adds_nothing_to_a_stronger_one_is_shadowed() -> None:
    table = strongest(
        "level",
        row("A", "high", "age < teen or unsure"),
        row("B", "middle", "age < young", "danger is yes", line=9),
    )
    assert messages(prove(book(table))) == [
        (9, "SHADOWED_ROW", "`B` adds nothing to `A`, which always matches with it.")
    ]


def test_of_two_equal_rows_the_later_is_shadowed() -> None:
    table = strongest(
        "level",
        row("A", "high", "danger is yes", line=1),
        row("B", "high", "danger is yes", line=2),
    )
    assert [fault.line for fault in prove(book(table))] == [2]


def test_a_row_shadowed_by_a_later_one_is_found() -> None:
    table = strongest(
        "level",
        row("A", "middle", "danger is yes", line=1),
        row("B", "high", "danger is yes", line=2),
    )
    assert [fault.line for fault in prove(book(table))] == [1]


@pytest.mark.parametrize(
    "kept",
    [
        row("B", "middle", "age < young", clause="another clause"),
        row("B", "middle", "age < young", routes=["duty_desk"]),
        row("B", "middle", "danger is yes"),
        row("B", "high", "age < adult"),
        row("B", "middle", "any of signs"),
    ],
)
def test_a_row_with_something_of_its_own_is_kept(kept: Row) -> None:
    table = strongest("level", row("A", "high", "age < teen"), kept)
    rows = (row("S", "high", "sign_1 is yes"), row("T", "middle", "sign_2 is yes"))
    wide = Table("level", Hit.STRONGEST, SCALE, (*table.rows, *rows), "low", "c")
    found = prove(book(wide, signs=2))
    assert [f.message for f in found if f.code is Proof.SHADOWED_ROW] == (
        ["`A` adds nothing to `B`, which always matches with it."]
        if kept.when[0].source == "age < adult"
        else []
    )


LEVEL = strongest(
    "level",
    row("ANY", "middle", "any of signs or unsure"),
    row("TWO", "high", "at least two of signs"),
    row("YOUNG", "high", "any of signs", "age < young or unsure", clause="d"),
)
ACTION = only_one(
    "action",
    row("A1", "high", "danger is yes or unsure", routes=["duty_desk"]),
    replace(
        row("A2", "high", "danger is no", "level is high", routes=["duty_desk"]), advice=("call",)
    ),
    row("A3", "middle", "danger is no", "level is middle"),
    row("A4", "low", "danger is no", "level is low"),
)


@pytest.mark.parametrize(
    "held",
    [
        "one more yes never lowers level",
        "one more yes never lowers action",
        "unsure never lowers level",
        "unsure never lowers action",
        "danger is yes or unsure always gives action high",
        "danger is no, none of signs always gives action low",
        "level is high never gives action low or middle",
        "any of signs never gives action low",
        "any of signs, age < young always gives level high",
        "danger is no, level is one of low middle always gives action low or middle",
        "level is high always sends duty_desk",
        "level is high, danger is no always advises call",
    ],
)
def test_a_promise_that_holds_is_proved(held: str) -> None:
    assert prove(book(LEVEL, ACTION, signs=4, must_hold=[held])) == ()


@pytest.mark.parametrize(
    ("promise", "why"),
    [
        (
            "any of signs always gives level high",
            "when age is 13, sign_4 is yes and every other indicator is no, level is middle",
        ),
        (
            "danger is no never gives action high",
            (
                "when danger is no, age is 0, sign_1 is yes and every other indicator is no, "
                "action is high"
            ),
        ),
        ("level is middle always sends duty_desk", "it is not sent"),
        ("danger is yes always advises call", "it is not advised"),
        ("danger is yes, danger is no always gives level low", "no answers at all meet its"),
    ],
)
def test_a_promise_that_breaks_is_refuted_by_an_example(promise: str, why: str) -> None:
    [fault] = prove(book(LEVEL, ACTION, signs=4, must_hold=["unsure never lowers level", promise]))
    assert fault.line == 91
    assert fault.code is Proof.MUST_HOLD_FAILS
    assert fault.message.startswith(f'"{promise}" fails: ')
    assert why in fault.message


def test_a_yes_that_lowers_is_refuted_by_the_answers_before_and_after() -> None:
    table = strongest(
        "level", row("A", "high", "none of signs"), row("B", "middle", "danger is yes")
    )
    [fault] = prove(book(table, signs=2, must_hold=["one more yes never lowers level"]))
    assert fault.message == (
        '"one more yes never lowers level" fails: when danger is yes and every indicator is no, '
        "level is high; with sign_1 yes, level is middle."
    )


def test_an_unsure_fact_that_lowers_is_refuted() -> None:
    table = strongest("level", row("A", "high", "danger is no"))
    [fault] = prove(book(table, must_hold=["unsure never lowers level"]))
    assert fault.message == (
        '"unsure never lowers level" fails: when danger is no, level is high; '
        "with danger unsure, level is low."
    )


def test_a_yes_from_unsure_that_lowers_is_refuted() -> None:
    rows = (row("U", "high", "sign_1 is not yes or unsure"), row("N", "high", "sign_1 is no"))
    table = strongest("level", rows[0], row("Y", "middle", "sign_1 is yes"))
    [fault] = prove(book(table, signs=1, must_hold=["one more yes never lowers level"]))
    assert "with sign_1 yes, level is middle" in fault.message


@pytest.mark.parametrize(
    ("promise", "message"),
    [
        (
            "nothing ever goes wrong",
            '"nothing ever goes wrong" is none of the six forms of a property.',
        ),
        ("danger is always gives level high", '"danger is" cannot be read: it has none of'),
        ("age < 13 always gives level high", '"13" is not declared under numbers'),
        ("moon is yes always gives level high", "No row reads `moon`."),
        ("any of moons always gives level high", "There is no group `moons`."),
        ("danger is maybe always gives level high", "`danger` is never `maybe`."),
        ("sign_1 is high always gives level high", "`sign_1` is never `high`."),
        ("level is severe never gives action low", "`level` is never `severe`."),
        ("danger < young always gives level high", "does not fit what `danger` can be."),
        ("age is high always gives level high", "does not fit what `age` can be."),
        ("danger is yes always gives level severe", "`severe` is not on the scale of `level`."),
        ("danger is yes always gives weather high", "There is no table `weather`"),
        ("one more yes never lowers weather", "There is no table `weather`"),
        ("danger is yes always sends nobody", "No row sends `nobody`."),
        ("danger is yes always sends call", "No row sends `call`."),
        ("danger is yes always advises duty_desk", "No row advises `duty_desk`."),
    ],
)
def test_a_promise_that_cannot_be_read_is_refused(promise: str, message: str) -> None:
    [fault] = prove(book(LEVEL, ACTION, signs=4, must_hold=[promise]))
    assert (fault.line, fault.code) == (90, Proof.MUST_HOLD_WRONG)
    assert message in fault.message


def test_a_promise_without_a_line_is_reported_all_the_same() -> None:
    plain = RuleBook("a/b", "a", (LEVEL,), FACTS, must_hold=("nothing",), groups={"signs": ()})
    assert (0, Proof.MUST_HOLD_WRONG) in [(f.line, f.code) for f in prove(plain)]


def test_promises_wait_until_every_table_has_an_outcome() -> None:
    table = only_one("action", row("A", "high", "danger is yes"))
    faults = prove(book(table, must_hold=["danger is no always gives action low"]))
    assert [fault.code for fault in faults] == [Proof.RULE_GAP]


def test_eighty_indicators_are_proved_in_less_than_two_seconds_of_processor_time() -> None:
    each = [row(f"EACH.{n}", "middle", f"sign_{n} is yes", clause=str(n)) for n in range(1, 61)]
    level = strongest(
        "level",
        *each,
        row("FIVE", "high", "at least five of every indicator"),
        row("YOUNG", "high", "any of harm or unsure", "age < young or unsure"),
    )
    promises = [
        "one more yes never lowers level",
        "one more yes never lowers action",
        "unsure never lowers action",
        "at least five of signs always gives action high",
    ]
    began = time.process_time()
    assert prove(book(level, ACTION, signs=80, must_hold=promises)) == ()
    assert time.process_time() - began < 2


TEXTS = (
    "danger is yes",
    "danger is no",
    "danger is not yes or unsure",
    "role is public",
    "age < young",
    "age >= young or unsure",
    "sign_1 is yes",
    "sign_2 is not yes",
    "any of signs",
    "any of signs or unsure",
    "none of signs",
    "none of signs or unsure",
    "at least two of signs",
)


@st.composite
def a_book(draw: st.DrawFn, hit: Hit) -> RuleBook:
    rows = [
        row(
            f"R{place}",
            draw(st.sampled_from(SCALE)),
            *draw(st.lists(st.sampled_from(TEXTS), max_size=3, unique=True)),
            clause=str(place),
        )
        for place in range(draw(st.integers(1, 5)))
    ]
    otherwise = draw(st.sampled_from(SCALE)) if hit is Hit.STRONGEST else ""
    first = Table("level", hit, SCALE, tuple(rows), otherwise, "c")
    if hit is Hit.ONLY_ONE:
        return book(first, signs=2)
    outcome = draw(st.sampled_from(SCALE))
    second = strongest("action", row("Z", draw(st.sampled_from(SCALE)), f"level is {outcome}"))
    return book(first, second, signs=2)


def every_answer() -> list[Known]:
    answers = ("yes", "no", "unsure")
    ages: tuple[int | str, ...] = (5, 13, "unsure")
    return [
        Known({"danger": d, "role": r, "age": a}, {"sign_1": s, "sign_2": t})
        for d, r, a, s, t in product(answers, ("public", "professional"), ages, answers, answers)
    ]


EVERY = every_answer()


def with_promise(sample: RuleBook, promise: str) -> bool:
    promised = RuleBook(
        sample.id,
        sample.area,
        sample.tables,
        FACTS,
        sample.indicators,
        sample.groups,
        must_hold=(promise,),
        numbers=NUMBERS,
    )
    codes = {fault.code for fault in prove(promised)}
    assert Proof.MUST_HOLD_WRONG not in codes
    return Proof.MUST_HOLD_FAILS not in codes


@settings(max_examples=40, deadline=None)
@given(sample=a_book(Hit.ONLY_ONE))
def test_gaps_and_overlaps_are_those_that_trying_every_answer_finds(sample: RuleBook) -> None:
    found = set()
    for known in EVERY:
        try:
            evaluate(sample, known)
        except NoRow as fault:
            found.add(fault.code)
    codes = {fault.code for fault in prove(sample)}
    assert (Proof.RULE_GAP in codes) is ("no_row" in found)
    assert (Proof.RULE_OVERLAP in codes) is ("several_rows" in found)


@settings(max_examples=40, deadline=None)
@given(sample=a_book(Hit.STRONGEST))
def test_promises_hold_exactly_when_trying_every_answer_finds_no_other(sample: RuleBook) -> None:
    ranks = {}
    for known in EVERY:
        outcome = evaluate(sample, known).results["action"]
        ranks[*known.facts.values(), *known.indicators.values()] = SCALE.index(outcome)

    def raised(places: Sequence[int], start: Sequence[str], to: str) -> bool:
        return all(
            ranks[(*key[:place], to, *key[place + 1 :])] >= rank
            for key, rank in ranks.items()
            for place in places
            if key[place] in start
        )

    yes = raised((3, 4), ("no", "unsure"), "yes")
    assert with_promise(sample, "one more yes never lowers action") is yes
    unsure = raised((0, 3, 4), ("no",), "unsure")
    assert with_promise(sample, "unsure never lowers action") is unsure
    always = with_promise(sample, "danger is yes always gives action high")
    assert always is all(rank == 2 for key, rank in ranks.items() if key[0] == "yes")
