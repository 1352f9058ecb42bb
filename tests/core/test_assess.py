"""The plain form of a finding, of facts and of indicators, as contracts with other programs."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from bot.core.assess import GivenFault, assess, facts_of, indicators_of, known_from
from bot.core.evaluate import NoRow
from bot.core.facts import Fact, FactType, Known
from bot.core.grammar import parse_condition
from bot.core.routing import Due, How, Mailbox, MailboxState, Route
from bot.core.rules import Advice, Hit, Indicator, Kind, Row, RuleBook, Table

NUMBERS = {"young": 13}


def row(id_: str, then: str, *when: str, routes: tuple[str, ...] = ()) -> Row:
    conditions = tuple(parse_condition(text, NUMBERS) for text in when)
    advice = ("keep",) if routes else ()
    return Row(id_, conditions, then, f"clause {id_}", f"text {id_}", routes, advice)


BOOK = RuleBook(
    id="wirral/book",
    area="wirral",
    tables=(
        Table(
            "level",
            Hit.STRONGEST,
            ("0", "1", "2"),
            (row("ONE", "1", "any of signs"), row("TWO", "2", "sign_b is yes", "age < young")),
            "0",
            "clause 0",
            otherwise_text="No sign.",
        ),
        Table(
            "action",
            Hit.STRONGEST,
            ("advise", "refer"),
            (row("REFER", "refer", "level is one of 1 2", routes=("referral", "ring")),),
            "advise",
            "clause 9",
            otherwise_text="Nothing else.",
        ),
    ),
    reads={
        "age": Fact(
            "age", FactType.WHOLE_NUMBER, minimum=0, maximum=17, unsure=True, source="page 2"
        ),
        "danger": Fact("danger", FactType.CHOICE, ("yes", "no")),
        "born": Fact("born", FactType.DATE, unsure=True),
        "nickname": Fact("nickname", FactType.SHORT_TEXT),
        "story": Fact("story", FactType.LONG_TEXT),
        "people": Fact("people", FactType.LIST, item="common/person", at_most=2, unsure=True),
    },
    indicators={
        "sign_a": Indicator("sign_a", "signs", Kind.RISK, "New phone", "box 1"),
        "sign_b": Indicator("sign_b", "signs", Kind.HARM, "Injuries", "box 2", levels=(3, 2)),
    },
    groups={"signs": ("sign_a", "sign_b")},
    advice={"keep": Advice("keep", "Keep a copy.", "page 4")},
    file="rules/wirral/book.yaml",
    edition="e1",
)
MAILBOXES = {
    "desk": Mailbox("desk", "Desk", "desk@example.org", MailboxState.UNVERIFIED),
    "person": Mailbox("person", "Lead", "jo@example.org", MailboxState.RETIRED, personal=True),
}
ROUTES = {
    "referral": Route(
        "referral",
        "wirral",
        "Referral",
        How.MAIL,
        "page 3",
        mailboxes=("desk", "person"),
        subject="CSE Referral",
        forms=("cse1",),
        due=Due("within 24 hours", 24),
    ),
    "ring": Route("ring", "wirral", "Ring", How.PHONE, "", due=Due("at once")),
}
ON = date(2026, 3, 31)
WRONG_PEOPLE: tuple[object, ...] = ("SECRET", [1], [{"x": None}], [{"x": True}], [{}, {}, {}])


def test_a_finding_has_exactly_the_agreed_shape() -> None:
    found = assess(BOOK, Known({"age": 13}, {"sign_b": "yes"}), ROUTES, MAILBOXES, ON)
    due = {"text": "within 24 hours", "date": "2026-04-01", "within_hours": 24}
    mail = {
        "id": "referral",
        "how": "mail",
        "mailbox": "desk",
        "state": "unverified",
        "address": "desk@example.org",
        "subject": "CSE Referral",
        "forms": ["cse1"],
        "due": due,
        "clause": "page 3",
    }
    assert found == {
        "area": "wirral",
        "level": 1,
        "action": "refer",
        "emergency": False,
        "routes": [
            mail,
            {**mail, "mailbox": "person", "state": "retired", "address": None},
            {
                "id": "ring",
                "how": "phone",
                "mailbox": None,
                "state": None,
                "address": None,
                "subject": None,
                "forms": [],
                "due": {"text": "at once", "date": None, "within_hours": None},
                "clause": None,
            },
        ],
        "advice": [{"id": "keep", "text": "Keep a copy.", "clause": "page 4"}],
        "because": [
            {"row": "ONE", "text": "text ONE", "clause": "clause ONE"},
            {"row": "REFER", "text": "text REFER", "clause": "clause REFER"},
        ],
        "near_misses": [
            {
                "row": "TWO",
                "text": "would be 2 if age is under 13",
                "would_be": "2",
                "clause": "clause TWO",
            }
        ],
        "not_asked": [],
        "editions": {"rules/wirral/book.yaml": "e1"},
    }
    assert json.loads(json.dumps(found)) == found


def test_no_level_is_null_and_what_was_not_asked_is_named() -> None:
    found = assess(BOOK, Known(), ROUTES, MAILBOXES, ON)
    assert found["level"] is None
    assert found["action"] == "advise"
    assert found["routes"] == []
    assert found["not_asked"] == ["age", "sign_a", "sign_b"]
    assert [reason["row"] for reason in found["because"]] == [
        "level.otherwise",
        "action.otherwise",
    ]


def test_an_area_without_levels_or_actions_says_null() -> None:
    table = Table("weather", Hit.STRONGEST, ("fine",), (row("A", "fine"),))
    book = RuleBook("a/b", "a", (table,), {})
    found = assess(book, Known(), {}, {}, ON)
    assert (found["level"], found["action"]) == (None, None)


def test_a_date_that_the_source_sets_is_the_date() -> None:
    due = Due("by then", None, "refer", date(2026, 12, 24))
    routes = {**ROUTES, "referral": Route("referral", "w", "R", How.TELL, "", due=due)}
    found = assess(BOOK, Known({}, {"sign_a": "yes"}), routes, MAILBOXES, ON)["routes"][0]["due"]
    assert found == {"text": "by then", "date": "2026-12-24", "within_hours": None}


def test_hours_that_end_on_a_later_day_are_due_on_that_day() -> None:
    routes = {**ROUTES, "referral": Route("referral", "w", "R", How.TELL, "", due=Due("x", 25))}
    found = assess(BOOK, Known({}, {"sign_a": "yes"}), routes, MAILBOXES, ON)
    assert found["routes"][0]["due"]["date"] == "2026-04-02"


def test_no_row_is_an_error_and_not_an_empty_result() -> None:
    table = Table("action", Hit.ONLY_ONE, ("act",), (row("A", "act", "danger is yes"),))
    with pytest.raises(NoRow):
        assess(RuleBook("a/b", "a", (table,), BOOK.reads), Known(), {}, {}, ON)


def test_facts_are_listed_with_their_type_values_and_question() -> None:
    listed = {fact["id"]: fact for fact in facts_of(BOOK, {"age": "How old is the child?"})}
    assert list(listed) == ["age", "danger", "born", "nickname", "story", "people"]
    assert listed["age"] == {
        "id": "age",
        "type": "whole_number",
        "values": None,
        "unsure": True,
        "asks": "How old is the child?",
        "source": "page 2",
    }
    assert listed["danger"]["values"] == ["yes", "no"]
    assert (listed["danger"]["asks"], listed["danger"]["source"]) == (None, None)
    assert [fact["type"] for fact in listed.values()] == [
        "whole_number",
        "choice",
        "date",
        "text",
        "text",
        "list",
    ]


def test_indicators_are_listed_with_their_lowest_level() -> None:
    assert indicators_of(BOOK) == [
        {
            "id": "sign_a",
            "group": "signs",
            "kind": "risk",
            "text": "New phone",
            "level": None,
            "levels": [],
            "source": "box 1",
        },
        {
            "id": "sign_b",
            "group": "signs",
            "kind": "harm",
            "text": "Injuries",
            "level": 2,
            "levels": [2, 3],
            "source": "box 2",
        },
    ]


def test_what_is_given_becomes_what_is_known() -> None:
    facts = {
        "age": "unsure",
        "danger": "no",
        "born": "2012-02-29",
        "nickname": "Jay",
        "story": "s" * 3000,
        "people": [{"looks": "tall", "age": 40}],
    }
    detailed = {"answer": "unsure", "when": "now", "basis": "told", "evidence": "a text"}
    known = known_from(facts, {"sign_a": "no", "sign_b": detailed}, BOOK)
    assert known.facts == {**facts, "people": ({"looks": "tall", "age": 40},)}
    assert known.indicators == {"sign_a": "no", "sign_b": "unsure"}


@pytest.mark.parametrize(
    "facts", [{"age": 0}, {"age": 17}, {"born": "unsure"}, {"people": "unsure"}, {"people": []}]
)
def test_values_at_the_edge_of_a_domain_are_taken(facts: dict[str, Any]) -> None:
    known = known_from(facts, {"sign_a": {"answer": "yes"}}, BOOK)
    assert list(known.facts) == list(facts)
    assert known.indicators == {"sign_a": "yes"}


@pytest.mark.parametrize(
    ("facts", "code", "message", "at"),
    [
        ({"age": None}, "null", "Leave out what was not asked: null is not an answer.", "age"),
        ({"danger": "unsure"}, "unsure_not_allowed", "This fact is never unsure.", "danger"),
        ({"danger": "SECRET"}, "wrong_value", "Expected one of yes, no.", "danger"),
        ({"danger": True}, "wrong_value", "Expected one of yes, no.", "danger"),
        ({"danger": ["yes"]}, "wrong_value", "Expected one of yes, no.", "danger"),
        ({"age": 18}, "wrong_value", "Expected a whole number from 0 to 17, or unsure.", "age"),
        ({"age": "12"}, "wrong_value", "Expected a whole number from 0 to 17, or unsure.", "age"),
        ({"age": True}, "wrong_value", "Expected a whole number from 0 to 17, or unsure.", "age"),
        ({"age": 1.5}, "wrong_value", "Expected a whole number from 0 to 17, or unsure.", "age"),
        (
            {"born": "2012-02-30"},
            "wrong_value",
            "Expected a calendar day, YYYY-MM-DD, or unsure.",
            "born",
        ),
        (
            {"born": "20120228"},
            "wrong_value",
            "Expected a calendar day, YYYY-MM-DD, or unsure.",
            "born",
        ),
        (
            {"nickname": "SECRET" * 40},
            "wrong_value",
            "Expected a text of at most 200 characters.",
            "nickname",
        ),
        ({"story": 5}, "wrong_value", "Expected a text of at most 3000 characters.", "story"),
        *(
            (
                {"people": people},
                "wrong_value",
                "Expected a list of at most 2 objects with texts and whole numbers, or unsure.",
                "people",
            )
            for people in WRONG_PEOPLE
        ),
    ],
)
def test_a_fact_outside_its_domain_is_refused_without_repeating_it(
    facts: dict[str, Any], code: str, message: str, at: str
) -> None:
    with pytest.raises(GivenFault) as caught:
        known_from(facts, {}, BOOK)
    fault = caught.value
    assert (fault.code, fault.message, fault.at) == (code, message, f"facts.{at}")
    assert "SECRET" not in str(fault)


@pytest.mark.parametrize(
    ("given", "code", "message", "at"),
    [
        (None, "null", "Leave out what was not asked: null is not an answer.", ""),
        ("SECRET", "wrong_value", "Expected yes, no or unsure.", ""),
        (True, "wrong_value", "Expected yes, no or unsure.", ""),
        ([], "wrong_value", "Expected yes, no or unsure.", ""),
        ({}, "wrong_value", "Expected yes, no or unsure.", ""),
        ({"answer": None}, "wrong_value", "Expected yes, no or unsure.", ""),
        (
            {"answer": "yes", "SECRET": 1},
            "unknown_key",
            "An indicator's object holds only answer, when, basis, evidence.",
            "",
        ),
        (
            {"answer": "yes", "when": "SECRET"},
            "wrong_value",
            "Expected one of now, last_six_months, earlier, unknown.",
            ".when",
        ),
        (
            {"answer": "yes", "basis": None},
            "wrong_value",
            "Expected one of seen, told, gut_feeling.",
            ".basis",
        ),
        ({"answer": "yes", "evidence": 3}, "wrong_value", "Expected a text.", ".evidence"),
    ],
)
def test_an_indicator_with_another_answer_is_refused_without_repeating_it(
    given: object, code: str, message: str, at: str
) -> None:
    with pytest.raises(GivenFault) as caught:
        known_from({}, {"sign_a": given}, BOOK)
    fault = caught.value
    assert (fault.code, fault.message, fault.at) == (code, message, f"indicators.sign_a{at}")


def test_an_unknown_name_is_refused_by_its_place_with_near_names() -> None:
    with pytest.raises(GivenFault) as caught:
        known_from({"age": 12, "dangr": "no"}, {}, BOOK)
    assert caught.value.code == "unknown_facts"
    assert caught.value.at == "facts"
    assert caught.value.message == "Number 2 of the facts is not one that the rules read."
    assert caught.value.did_you_mean == ("danger",)
    with pytest.raises(GivenFault, match="Number 1 of the indicators"):
        known_from({}, {"SECRET": "yes"}, BOOK)
