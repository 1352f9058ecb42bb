"""Words that shift blame to a child are pointed out; quoted speech and ordinary uses are not."""

from __future__ import annotations

from bot.core.wording import Label, compile_wording, labels_in, look

CHOOSE = Label("choosing", ("chooses to",), "no free choice", "is made to", ("chooses to read",))
WISE = Label("wise", ("streetwise", "she is streetwise"), "hides the risk", "is at risk")
RULES = compile_wording([CHOOSE, WISE])


def test_a_label_is_found_where_it_stands_with_another_way_to_say_it() -> None:
    [remark] = look("Sam chooses to go with them", RULES)
    assert (remark.start, remark.end, remark.term) == (4, 14, "chooses to")
    assert (remark.why, remark.instead) == ("no free choice", "is made to")
    assert labels_in("Sam chooses to go", RULES) == {"choosing"}


def test_an_ordinary_use_is_left_alone() -> None:
    assert look("Sam chooses to read", RULES) == ()


def test_what_somebody_else_said_in_quotation_marks_is_left_alone() -> None:
    assert look("His words: “she is streetwise”.", RULES) == ()


def test_one_remark_about_the_same_words() -> None:
    assert [remark.term for remark in look("She is streetwise", RULES)] == ["She is streetwise"]
