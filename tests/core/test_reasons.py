from __future__ import annotations

from dataclasses import replace

from bot.core.category import Suggestion
from bot.core.finding import Finding, NearMiss, Reason
from bot.core.reasons import near_misses_of, reasons_of, results_of
from bot.core.rules import Hit, RuleBook, Table
from tests.core.writing import row

FINDING = Finding(
    "north/rules",
    {"signs": "no_harm", "level": "2", "action": "refer"},
    because=(
        Reason("HARM", "A sign of harm.", "3.1"),
        Reason("signs.otherwise", "Nothing was marked.", "3.2"),
        Reason("level.otherwise", "No level.", "3.3"),
        Reason("action.otherwise", "Advice.", "3.4"),
    ),
    near_misses=(
        NearMiss("DANGER", "would be emergency if danger_now is yes", "emergency", "1"),
        NearMiss("DANGER_TOO", "would be emergency if danger_now is yes", "emergency", "2"),
        NearMiss("MARKED", "would be marked if “late” is yes", "marked", "4"),
    ),
)


def table(id_: str, *rows: str) -> Table:
    return Table(id_, Hit.STRONGEST, ("advise",), tuple(row(name, "advise") for name in rows))


BOOK = RuleBook(
    "north/rules", "north", (table("action", "DANGER", "DANGER_TOO"), table("signs", "MARKED")), {}
)


def test_what_a_reader_does_stands_there_and_never_a_level() -> None:
    assert [(line.label, line.said) for line in results_of(FINDING)] == [("Action", "refer")]


def test_that_nothing_matched_is_a_reason_only_where_a_reader_acts_on_it() -> None:
    assert [(line.label, line.said) for line in reasons_of(FINDING, {"otherwise": "yes"})] == [
        ("3.1", "A sign of harm."),
        ("3.3", "No level."),
        ("3.4", "Advice."),
    ]


def test_near_misses_of_what_a_reader_acts_on_stand_once_in_plain_words() -> None:
    (only,) = near_misses_of(FINDING, BOOK)
    assert only.said == "would be emergency if danger now is yes"
    assert only.label in {"1", "2"}
    assert near_misses_of(FINDING, None) == ()
    assert near_misses_of(FINDING, replace(BOOK, tables=(table("level", "MARKED"),))) == ()


def test_what_carried_the_category_stands_with_it_alone() -> None:
    carried = Suggestion("2", FINDING.because[:1], ())
    assert [line.label for line in reasons_of(FINDING, {}, carried)] == ["3.3", "3.4"]


def test_a_sign_that_is_not_sure_is_never_told_as_if_it_were_a_yes() -> None:
    signs = Finding(
        "r", {}, because=(Reason("S.late", "Late home.", "1"), Reason("S.gone", "Gone.", "2"))
    )
    said = reasons_of(signs, {"late": "unsure", "gone": "yes"})
    assert [line.said for line in said] == ["Not sure: Late home.", "Gone."]
