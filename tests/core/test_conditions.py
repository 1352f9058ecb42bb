"""Every cell of the table of forms in docs/CONDITIONS.md, and the words of each condition."""

from __future__ import annotations

import pytest

from bot.core.conditions import (
    Condition,
    ConditionFault,
    Form,
    State,
    holds,
    in_words,
    parse_condition,
    state,
)
from bot.core.facts import Known

GROUPS = {"signs": ("a", "b", "c"), "every indicator": ("a", "b", "c", "d"), "empty": ()}
NUMBERS = {"young": 13, "two": 2, "nought": 0}

HOLDS, REFUTED, WAITS = State.HOLDS, State.REFUTED, State.WAITS


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("f is yes", "yes", HOLDS),
        ("f is yes", "no", REFUTED),
        ("f is yes", "unsure", REFUTED),
        ("f is yes", None, WAITS),
        ("f is yes or unsure", "unsure", HOLDS),
        ("f is yes or unsure", "no", REFUTED),
        ("f is yes or unsure", None, WAITS),
        ("f is not yes", "no", HOLDS),
        ("f is not yes", "yes", REFUTED),
        ("f is not yes", "unsure", REFUTED),
        ("f is not yes", None, WAITS),
        ("f is not yes or unsure", "unsure", HOLDS),
        ("f is not yes or unsure", "yes", REFUTED),
        ("f is one of red blue", "blue", HOLDS),
        ("f is one of red blue", "green", REFUTED),
        ("f is one of red blue", "unsure", REFUTED),
        ("f is one of red blue", None, WAITS),
        ("f is one of red blue or unsure", "unsure", HOLDS),
        ("f < young", 12, HOLDS),
        ("f < young", 13, REFUTED),
        ("f <= young", 13, HOLDS),
        ("f <= young", 14, REFUTED),
        ("f > young", 14, HOLDS),
        ("f > young", 13, REFUTED),
        ("f >= young", 13, HOLDS),
        ("f >= young", 12, REFUTED),
        ("f < young", "unsure", REFUTED),
        ("f < young", None, WAITS),
        ("f < young or unsure", "unsure", HOLDS),
        ("f < young", "twelve", REFUTED),
        ("f is 12", 12, HOLDS),
    ],
)
def test_a_condition_on_one_fact_has_the_state_of_the_definition(
    text: str, value: str | int | None, expected: State
) -> None:
    known = Known({} if value is None else {"f": value})
    assert state(parse_condition(text, NUMBERS), known, GROUPS) is expected


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        # answers to a, b, c: y yes, n no, u unsure, - not asked
        ("any of signs", "y--", HOLDS),
        ("any of signs", "nnn", REFUTED),
        ("any of signs", "nun", REFUTED),
        ("any of signs", "nn-", WAITS),
        ("any of signs", "---", WAITS),
        ("any of signs or unsure", "nu-", HOLDS),
        ("any of signs or unsure", "nnn", REFUTED),
        ("none of signs", "nnn", HOLDS),
        ("none of signs", "y--", REFUTED),
        ("none of signs", "u--", REFUTED),
        ("none of signs", "nn-", WAITS),
        ("none of signs or unsure", "nun", HOLDS),
        ("none of signs or unsure", "uuy", REFUTED),
        ("none of signs or unsure", "nu-", WAITS),
        ("at least two of signs", "yy-", HOLDS),
        ("at least two of signs", "yyy", HOLDS),
        ("at least two of signs", "nn-", REFUTED),
        ("at least two of signs", "un-", REFUTED),
        ("at least two of signs", "y--", WAITS),
        ("at least two of signs", "yu-", WAITS),
        ("at least two of signs or unsure", "yu-", HOLDS),
        ("at least two of signs or unsure", "un-", WAITS),
        ("at least two of signs or unsure", "unn", REFUTED),
    ],
)
def test_a_condition_on_a_group_has_the_state_of_the_definition(
    text: str, answers: str, expected: State
) -> None:
    words = {"y": "yes", "n": "no", "u": "unsure"}
    said = zip("abc", answers, strict=True)
    known = Known({}, {name: words[answer] for name, answer in said if answer in words})
    assert state(parse_condition(text, NUMBERS), known, GROUPS) is expected


def test_every_indicator_is_a_group_of_two_words() -> None:
    condition = parse_condition("any of every indicator")
    assert state(condition, Known({}, {"d": "yes"}), GROUPS) is HOLDS


def test_an_empty_group_has_none_and_never_any() -> None:
    assert state(parse_condition("none of empty"), Known(), GROUPS) is HOLDS
    assert state(parse_condition("any of empty"), Known(), GROUPS) is REFUTED


def test_an_indicator_is_read_like_a_fact() -> None:
    condition = parse_condition("a is yes")
    assert state(condition, Known({}, {"a": "yes"}), {}) is HOLDS
    assert state(condition, Known({}, {"a": "unsure"}), {}) is REFUTED


def test_all_conditions_of_an_edge_must_hold() -> None:
    edge = (parse_condition("age < 13"), parse_condition("danger is no"))
    assert holds(edge, Known({"age": 12, "danger": "no"}), {})
    assert not holds(edge, Known({"age": 12}), {})
    assert not holds(edge, Known({"age": 13, "danger": "no"}), {})
    assert holds((), Known(), {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f is yes", Condition(Form.IS, "f", ("yes",))),
        ("f is one", Condition(Form.IS, "f", ("one",))),
        ("f is not yes", Condition(Form.IS_NOT, "f", ("yes",))),
        ("f is one of a b or unsure", Condition(Form.ONE_OF, "f", ("a", "b"), or_unsure=True)),
        ("any is yes", Condition(Form.IS, "any", ("yes",))),
        ("f<=young", Condition(Form.COMPARE, "f", operator="<=", bound=13)),
        ("any of g or unsure", Condition(Form.ANY_OF, "g", or_unsure=True)),
        ("none of every indicator", Condition(Form.NONE_OF, "every indicator")),
        ("at least two of g", Condition(Form.AT_LEAST, "g", bound=2)),
    ],
)
def test_each_form_is_read(text: str, expected: Condition) -> None:
    found = parse_condition(text, NUMBERS)
    assert found.source == text
    assert (found.form, found.subject, found.values, found.operator, found.bound) == (
        expected.form,
        expected.subject,
        expected.values,
        expected.operator,
        expected.bound,
    )
    assert found.or_unsure is expected.or_unsure


def test_an_edge_of_a_dialog_compares_with_a_whole_number() -> None:
    assert parse_condition("child_age < 13").bound == 13
    assert parse_condition("change > -2").bound == -2
    assert parse_condition("at least 1 of g").bound == 1


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("", "condition_unreadable", "it has none of the seven forms"),
        ("f", "condition_unreadable", "it has none of the seven forms"),
        ("f is", "condition_unreadable", "it has none of the seven forms"),
        ("f is not", "condition_unreadable", "it has none of the seven forms"),
        ("f is one of", "condition_unreadable", "it has none of the seven forms"),
        ("f is not one of a b", "condition_unreadable", "it has none of the seven forms"),
        ("f is unsure", "condition_unsure", 'unsure is not a value: end it with "or unsure"'),
        (
            "f is one of yes unsure",
            "condition_unsure",
            'unsure is not a value: end it with "or unsure"',
        ),
        (
            "f is yes or g is yes",
            "condition_unreadable",
            "alternatives are two rows, and conditions that must all hold are a list",
        ),
        (
            "a is yes and b",
            "condition_unreadable",
            "alternatives are two rows, and conditions that must all hold are a list",
        ),
        ("f = yes", "condition_unreadable", 'write "is" or "is not"'),
        ("f == yes", "condition_unreadable", 'write "is" or "is not"'),
        ("f != yes", "condition_unreadable", 'write "is" or "is not"'),
        (
            "a is yes but b",
            "condition_unreadable",
            "alternatives are two rows, and conditions that must all hold are a list",
        ),
        ("f is {yes}", "condition_word", '"{yes}" is not a name'),
        ("f.x is yes", "condition_word", '"f.x" is not a name'),
        ("any of", "condition_unreadable", "one group must follow of"),
        ("none of a b", "condition_unreadable", "one group must follow of"),
        ("any of a.b", "condition_word", '"a.b" is not a name'),
        ("at least nought of g", "condition_number", "the number must be at least 1"),
        ("at least 3 of g", "condition_number", '"3" is not declared under numbers'),
        ("f < 13", "condition_number", '"13" is not declared under numbers'),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(text: str, code: str, why: str) -> None:
    with pytest.raises(ConditionFault) as caught:
        parse_condition(text, NUMBERS)
    assert caught.value.code == code
    assert caught.value.message == f'"{text}" cannot be read: {why}'
    assert str(caught.value) == caught.value.message


@pytest.mark.parametrize("bound", ["young", "1.5", "١٢"])
def test_an_edge_refuses_what_is_not_a_whole_number(bound: str) -> None:
    with pytest.raises(ConditionFault) as caught:
        parse_condition(f"age < {bound}")
    assert caught.value.code == "condition_number"
    assert caught.value.message.endswith(f'cannot be read: "{bound}" is not a whole number')


@pytest.mark.parametrize(
    ("text", "aloud"),
    [
        ("child_age < young or unsure", "the child's age is under 13 or not known"),
        ("child_age <= young", "the child's age is at most 13"),
        ("child_age > young", "the child's age is over 13"),
        ("child_age >= young", "the child's age is at least 13"),
        ("f is yes", "f is yes"),
        ("f is one of a b or unsure", "f is a or b or not known"),
        ("f is not yes", "f is known and is not yes"),
        ("any of signs", "any of signs is yes"),
        ("none of signs or unsure", "every one of signs is no or not known"),
        ("at least two of signs", "at least 2 of signs are yes"),
    ],
)
def test_a_condition_is_read_aloud(text: str, aloud: str) -> None:
    names = {"child_age": "the child's age"}
    assert in_words(parse_condition(text, NUMBERS), names) == aloud
