"""The category in words: what it is, what carried it, and what it could be."""

from __future__ import annotations

from dataclasses import replace

from bot.core.category import MOST, NAMES, Suggestion, category_words, longest, suggestion
from bot.core.evaluate import evaluate
from bot.core.facts import Fact, FactType, Known
from bot.core.finding import Reason
from bot.core.forms import Condition, Form
from bot.core.rules import Hit, Indicator, Kind, Row, RuleBook, Table

COLUMNS = {"late": 1, "gifts": 2, "cars": 2} | {f"sign_{n}": 3 for n in range(MOST + 2)}


def book(table: str = "level") -> RuleBook:
    signs = {
        name: Indicator(name, "signs", Kind.RISK, f"Text of {name}", f"Clause of {name}", (level,))
        for name, level in COLUMNS.items()
    }
    rows = tuple(
        Row(
            id=f"SIGN.{sign.id}",
            when=(Condition(Form.IS, sign.id, ("yes",)),),
            then=str(sign.levels[0]),
            clause=sign.clause,
            text=sign.text,
        )
        for sign in signs.values()
    )
    levels = Table(
        table, Hit.STRONGEST, ("none", "1", "2", "3"), rows, otherwise="none", otherwise_clause="2"
    )
    other = Row(id="ALL", when=(), then="discuss", clause="9", text="Always.")
    action = Table("action", Hit.STRONGEST, ("discuss",), (other,))
    return RuleBook("n/assess", "n", (levels, action), {}, signs, {"signs": tuple(signs)})


def words(said: dict[str, str]) -> dict[str, str]:
    all_said = dict.fromkeys(COLUMNS, "no") | said
    finding = evaluate(book(), Known({}, all_said))
    return category_words(book(), finding, all_said)


def test_only_what_points_to_the_highest_category_carried_it() -> None:
    found = words({"late": "yes", "gifts": "yes"})
    assert found["level"] == "2"
    assert found["carried"] == "- Text of gifts (Clause of gifts)"
    assert found["could_be"] == ""


def test_a_sign_that_nobody_is_sure_of_carries_nothing_and_is_told() -> None:
    found = words({"late": "yes", "gifts": "unsure", "sign_0": "unsure"})
    assert found["level"] == "1"
    assert found["could_be"] == (
        "\n\nYou are not sure of these:\n"
        '- could be 3 if "Text of sign_0" is yes\n'  # the most serious first
        '- could be 2 if "Text of gifts" is yes'
    )


def test_nothing_ticked_is_none() -> None:
    found = words({})
    assert found["level"] == "none"
    assert found["could_be"] == ""


def test_a_long_list_is_cut_and_says_how_many_more() -> None:
    found = words({f"sign_{n}": "yes" for n in range(MOST + 2)})
    lines = found["carried"].split("\n")
    assert len(lines) == MOST + 1
    assert lines[-1] == "- and 2 more, in your answers"
    one_less = words({f"sign_{n}": "yes" for n in range(MOST)})
    assert "more, in your answers" not in one_less["carried"]


def test_no_words_outgrow_what_the_check_counts_with() -> None:
    most = longest(book())
    said = dict.fromkeys(COLUMNS, "unsure") | {"late": "yes"}
    for found in (words(said), words(dict.fromkeys(COLUMNS, "yes"))):
        assert all(len(text) <= most[name] for name, text in found.items())


def test_a_rulebook_without_categories_says_nothing_of_them() -> None:
    plain = book("other")
    finding = evaluate(plain, Known({}, {}))
    assert category_words(plain, finding, {}) == {}


def judged_book() -> RuleBook:
    """The same with the worker's own view, and a table behind it that has no outcome then."""
    plain = book()
    levels, action = plain.tables
    judged = Condition(Form.IS, "judged", ("3",))
    own = Row(id="JUDGED", when=(judged,), then="3", clause="9", text="Your view.")
    only = replace(own, id="ONLY", then="discuss")
    return replace(
        plain,
        tables=(
            replace(levels, rows=(*levels.rows, own)),
            replace(action, rows=(only,), hit=Hit.ONLY_ONE),
        ),
        reads={"judged": Fact("judged", FactType.CHOICE, ("1", "3"))},
        judgement=("judged", "why"),
    )


def test_the_suggestion_is_what_the_signs_say_whatever_was_judged() -> None:
    facts = {"judged": "3", "why": "I know them."}
    found = suggestion(judged_book(), facts, {"late": "yes", "gifts": "yes", "cars": "unsure"})
    carried = (Reason("SIGN.gifts", "Text of gifts", "Clause of gifts"),)
    assert found == Suggestion("2", carried, ())
    raised = suggestion(replace(judged_book(), judgement=()), facts, {"late": "yes"})
    assert raised is not None
    assert raised.level == "3"


def test_the_suggestion_says_all_that_it_could_be_however_much_that_is() -> None:
    said = {f"sign_{n}": "unsure" for n in range(MOST + 2)}
    found = suggestion(judged_book(), {}, said)
    assert found is not None
    assert found.level == "none"
    assert len(found.could_be) == MOST + 2
    assert found.could_be[0] == 'could be 3 if "Text of sign_0" is yes'


def test_without_a_table_of_categories_nothing_is_suggested() -> None:
    assert suggestion(book("other"), {}, {"late": "yes"}) is None


def test_the_words_have_these_names_and_a_category_is_at_most_none() -> None:
    assert tuple(words({})) == NAMES
    assert longest(book())["level"] == len("none")
