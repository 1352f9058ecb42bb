from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.facts import UNSURE, Value
from bot.core.finding import Finding, NearMiss, Reason
from bot.core.mail import Document, compose, message_id, submission_json
from bot.core.mail_text import NOT_ASKED, WHAT, clean, mail_text
from bot.core.routing import Due, How, Mailbox, MailboxState, Route
from bot.core.session import Said
from bot.core.submission import AnswerLine, Submission

SCHEMA: Mapping[str, Any] = json.loads(
    (Path(__file__).parents[2] / "docs" / "submission.schema.json").read_text()
)
FROM = "bot@reports.example"
ROUTE = Route(
    id="wirral_intelligence",
    area="wirral",
    name="Merseyside Police, intelligence",
    how=How.MAIL,
    clause="Intelligence and Information Gathering",
    kind="intelligence",
    mailboxes=("wirral_police_intelligence",),
    subject="CSE Intelligence",
    due=Due("Assess this and record it as intelligence.", 24),
    note="Send no reply to the person.",
)
MAILBOX = Mailbox(
    id="wirral_police_intelligence",
    name="Merseyside Police intelligence desk",
    address="A.BCU.MFH@merseyside.pnn.police.uk",
    state=MailboxState.RETIRED,
)
FINDING = Finding(
    rules="wirral/intelligence",
    results={"action": "intelligence", "who_reads": "police"},
    because=(Reason("INFO", "It points to no particular child.", "Intelligence"),),
    near_misses=(NearMiss("CHILD", "would be refer", "refer", "Intelligence"),),
    not_asked=("other_age", "missing.home"),
)
SUBMISSION = Submission(
    route="wirral_intelligence",
    kind="intelligence",
    area="wirral",
    day="2026-11-21",
    anonymous=True,
    facts={"danger_now": "no", "role": "public", "what": "vodka"},
    indicators={"missing_home": "unsure"},
    answers=(
        AnswerLine(
            "common/information.what", "What have you seen?", "An off-licence\nsells vodka"
        ),
        AnswerLine("common/information.where", "Where?", "By the station"),
    ),
    finding=FINDING,
    editions={"rules/wirral/intelligence.yaml": "abc"},
)


def composed(submission: Submission = SUBMISSION, **more: Any) -> bytes:
    given_ = {
        "route": ROUTE,
        "mailbox": MAILBOX,
        "reference": "K7QF-2M9D",
        "message_id": "<0123456789abcdef0123456789abcdef@reports.example>",
        "mail_from": FROM,
        "training": False,
    }
    return compose(submission, **{**given_, **more})


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)


def text_of(raw: bytes) -> str:
    part = next(parsed(raw).iter_parts())
    assert part.get_content_type() == "text/plain"
    return str(part.get_content()).replace("\r\n", "\n")


def record_of(raw: bytes) -> bytes:
    part = list(parsed(raw).iter_attachments())[-1]
    assert (part.get_filename(), part.get_content_type()) == (
        "submission.json",
        "application/json",
    )
    content = part.get_content()
    assert isinstance(content, bytes)
    return content


def test_the_headers_are_exactly_the_agreed_ones() -> None:
    message = parsed(composed())
    assert {name: str(value) for name, value in message.items() if name != "Content-Type"} == {
        "From": FROM,
        "To": "A.BCU.MFH@merseyside.pnn.police.uk",
        "Subject": "CSE Intelligence",
        "Date": "Sat, 21 Nov 2026 12:00:00 +0000",
        "Message-ID": "<0123456789abcdef0123456789abcdef@reports.example>",
        "X-Reference": "K7QF-2M9D",
        "MIME-Version": "1.0",
    }
    assert message.get_content_type() == "multipart/mixed"


def test_the_date_is_noon_utc_of_the_day_in_summer_too() -> None:
    message = parsed(composed(replace(SUBMISSION, day="2026-07-01")))
    assert message["Date"].datetime == datetime(2026, 7, 1, 12, tzinfo=UTC)


def test_equal_submissions_are_equal_mails() -> None:
    assert composed() == composed()
    assert composed(reference="K7QF-2M9E") != composed()


def test_an_addition_answers_the_first_mail() -> None:
    raw = composed(replace(SUBMISSION, adds_to="AAAA-BBBB"), in_reply_to="first@reports.example")
    assert parsed(raw)["In-Reply-To"] == "<first@reports.example>"
    assert "This adds to the report with the reference AAAA-BBBB." in text_of(raw)


def test_training_is_marked_in_header_and_text_and_shows_the_intended_address() -> None:
    raw = composed(training=True)
    assert parsed(raw)["X-Training"] == "yes"
    assert parsed(raw)["To"] == "A.BCU.MFH@merseyside.pnn.police.uk"
    assert text_of(raw).startswith(
        "TRAINING. This is practice, not a real report. Nobody needs to act on it.\n\n"
    )
    assert "TRAINING" not in text_of(composed())


def test_a_mailbox_without_an_address_is_shown_as_a_training_one() -> None:
    raw = composed(mailbox=replace(MAILBOX, address=""))
    assert parsed(raw)["To"] == "wirral_police_intelligence@training.invalid"


def test_a_message_id_is_made_of_a_token_and_the_senders_domain() -> None:
    assert message_id("ab12", FROM) == "<ab12@reports.example>"
    assert parsed(composed(message_id="ab12@reports.example"))["Message-ID"] == (
        "<ab12@reports.example>"
    )


@pytest.mark.parametrize("domain", ["reports.example", "a." * 30 + "example"])
def test_a_long_message_id_stays_whole(domain: str) -> None:
    identifier = message_id("0123456789abcdef" * 2, f"bot@{domain}")
    raw = composed(message_id=identifier)
    assert parsed(raw)["Message-ID"].strip() == identifier
    assert b"=?utf-8" not in raw.lower()


@pytest.mark.parametrize(
    "subject", ["CSE Intelligence", "CSE – référral", "A subject with many words " * 8 + "end"]
)
def test_the_subject_is_exactly_the_routes(subject: str) -> None:
    assert parsed(composed(route=replace(ROUTE, subject=subject)))["Subject"] == subject


def test_a_line_break_in_our_own_headers_is_an_error_not_a_header() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        composed(route=replace(ROUTE, subject="CSE\r\nBcc: x@y.example"))


@pytest.mark.parametrize("words", ["plain", "é" * 99, "شہر" * 99, "x" * 2000])
def test_the_text_travels_as_quoted_printable_whatever_it_holds(words: str) -> None:
    raw = composed(mailbox=replace(MAILBOX, name=words))
    part = next(parsed(raw).iter_parts())
    assert part["Content-Transfer-Encoding"] == "quoted-printable"
    assert words in part.get_content()


def test_documents_come_between_the_text_and_the_record() -> None:
    document = Document("K7QF-2M9D.pdf", "application/pdf", b"%PDF-1.7\n\x00\xff")
    parts = list(parsed(composed(documents=[document])).iter_parts())
    assert [part.get_content_type() for part in parts] == [
        "text/plain",
        "application/pdf",
        "application/json",
    ]
    assert parts[1].get_filename() == "K7QF-2M9D.pdf"
    assert parts[1].get_content() == b"%PDF-1.7\n\x00\xff"


def test_the_text_says_everything_in_the_order_a_duty_desk_needs() -> None:
    assert (
        text_of(composed())
        == """\
FIRST
A child in danger right now: no
How to call back: not asked

WHAT TO DO
For: Merseyside Police intelligence desk
Assess this and record it as intelligence.
Within 24 hours.
Clause: Intelligence and Information Gathering
Send no reply to the person.

Information about child sexual exploitation.
Reference: K7QF-2M9D
Day: 2026-11-21
By their own account it comes from a member of the public.
The person who gave this is anonymous. We do not hold who they are.

ANSWERS
What have you seen?
    An off-licence
    sells vodka
Where?
    By the station

WHAT THE RULES MAKE OF IT
Action: intelligence
- It points to no particular child. (Intelligence)

WHAT WAS NOT ASKED (this is never a no)
- other age
- missing, home

IF THIS REACHED YOU BY MISTAKE
Please do not forward, copy or print it.
Write a new mail to bot@reports.example with the reference and nothing else, then delete this.
If a child is in danger now, call 999 first.
"""
    )


def test_the_text_says_what_was_decided_and_why_and_no_inner_names() -> None:
    because = (
        Reason("HARM", "A sign of harm.", "3.1"),
        Reason("signs.otherwise", "Nothing was marked.", "3.2"),
        Reason("action.otherwise", "Too little was asked.", "3.3"),
    )
    results = {"reasons_kept": "not_given", "level": "2", "action": "look_again"}
    finding = replace(FINDING, results=results, because=because)
    text = text_of(composed(replace(SUBMISSION, finding=finding)))
    rules = text[text.index("WHAT THE RULES") : text.index("WHAT WAS NOT")]
    assert rules.splitlines()[1:-1] == [
        "Action: look again",
        "- A sign of harm. (3.1)",
        "- Too little was asked. (3.3)",
    ]


def test_a_mark_of_how_it_came_is_said_at_the_top() -> None:
    text = text_of(composed(replace(SUBMISSION, mark="It came soon after several others.")))
    assert "who they are.\nIt came soon after several others.\n\nANSWERS" in text


def test_an_emergency_comes_before_what_to_do() -> None:
    text = text_of(composed(replace(SUBMISSION, finding=replace(FINDING, emergency=True))))
    assert text.index("EMERGENCY. A child may be in danger now.") < text.index("WHAT TO DO")
    assert "EMERGENCY" not in text_of(composed())


def test_a_route_without_a_limit_says_so() -> None:
    text = text_of(composed(route=replace(ROUTE, due=None, note="")))
    assert (
        "WHAT TO DO\nFor: Merseyside Police intelligence desk\nThe source sets no time limit.\n"
        in text
    )


def test_a_limit_without_hours_is_the_sources_sentence_alone() -> None:
    text = text_of(composed(route=replace(ROUTE, due=Due("By the next panel.\n"))))
    assert (
        "WHAT TO DO\nFor: Merseyside Police intelligence desk\nBy the next panel.\nClause:" in text
    )


def test_a_named_referral_says_what_it_is_and_not_that_anybody_is_anonymous() -> None:
    named = replace(SUBMISSION, kind="referral", anonymous=False)
    text = text_of(composed(named))
    assert "\n\nReferral of a child who may be at risk of sexual exploitation.\n" in text
    assert "anonymous" not in text


@pytest.mark.parametrize("kind", ["intelligence", "referral", "mase", "case_report", "canary"])
def test_every_kind_has_words_of_its_own(kind: str) -> None:
    text = text_of(composed(replace(SUBMISSION, kind=kind)))
    assert f"\n{kind}.\n" not in text
    assert f"{WHAT[kind]}.".lower() in text.lower()


def test_a_kind_without_words_is_named_by_its_id() -> None:
    assert "\n\nnew_kind.\nReference: " in text_of(composed(replace(SUBMISSION, kind="new_kind")))


def test_many_that_were_not_asked_are_counted_and_few_are_named() -> None:
    names = ("one", "two", "three", "four", "five", "six")
    heading = "WHAT WAS NOT ASKED (this is never a no)\n"
    many = text_of(composed(replace(SUBMISSION, finding=replace(FINDING, not_asked=names))))
    assert f"{heading}6 questions: see the document.\n" in many
    assert "- one" not in many
    few = text_of(composed(replace(SUBMISSION, finding=replace(FINDING, not_asked=names[:5]))))
    assert f"{heading}- one\n- two\n- three\n- four\n- five\n" in few


def test_nothing_left_unasked_is_said_too() -> None:
    text = text_of(composed(replace(SUBMISSION, finding=replace(FINDING, not_asked=()))))
    assert "WHAT WAS NOT ASKED (this is never a no)\n- nothing that matters\n" in text


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"child_age": 14}, "Age of the child: 14"),
        ({"child_age": 0}, "Age of the child: 0"),
        ({"danger_now": "yes"}, "A child in danger right now: yes"),
        ({"danger_now": UNSURE}, "A child in danger right now: not known"),
        ({"child_where": "with\nfriends"}, "Where the child is: with\n    friends"),
        ({"callback": "0151 496 0000"}, "How to call back: 0151 496 0000"),
        ({"contact": "Ann, 0151 496 0000"}, "How to call back: Ann, 0151 496 0000"),
        ({"callback": "0151", "contact": "0152"}, "How to call back: 0151; 0152"),
        (
            {"children": ({"child_age": 12}, {"name": "x"}, {"child_age": UNSURE})},
            "Age of the child: 12; not known",
        ),
        ({"child_age": 15, "children": ({"child_age": 12},)}, "Age of the child: 15"),
        ({"child_where": ({"place": "a"}, {"place": "b"})}, "Where the child is: 2"),
    ],
)
@pytest.mark.parametrize("kind", ["intelligence", "referral"])
def test_what_a_duty_desk_needs_first(kind: str, facts: Mapping[str, Value], line: str) -> None:
    assert f"\n{line}\n" in text_of(composed(replace(SUBMISSION, kind=kind, facts=facts)))


def test_what_is_known_first_is_said_as_it_was_answered() -> None:
    line = AnswerLine("n/r.on", "Day", "Thursday 7 January 2027", fact="meeting_on")
    unsure = AnswerLine("n/r.place", "Place", "I don't know", Said.UNSURE, "place")
    facts = {"meeting_on": "2027-01-07", "place": "unsure", "danger_now": "no"}
    made = replace(SUBMISSION, facts=facts, answers=(line, unsure))
    text = text_of(composed(made, first={"meeting_on": "Meeting", "place": "Where"}))
    assert "FIRST\nMeeting: Thursday 7 January 2027\nWhere: not known\n" in text


@pytest.mark.parametrize(
    ("said", "known", "shown"),
    [(Said.VALUE, "yes", "Yes"), (Said.UNSURE, "unsure", "not known"), (Said.SKIPPED, "no", "no")],
)
def test_what_was_asked_twice_is_first_said_as_it_was_said_last(
    said: Said, known: str, shown: str
) -> None:
    before = AnswerLine("n/start.danger", "In danger now", "No", fact="danger_now")
    after = AnswerLine("n/sign.danger", "Bruises: In danger now", "Yes", said, "danger_now")
    made = replace(SUBMISSION, facts={"danger_now": known}, answers=(before, after))
    text = text_of(composed(made, first={"danger_now": "In danger"}))
    assert f"FIRST\nIn danger: {shown}\n" in text


def test_the_age_and_home_of_an_adult_who_is_described_never_pass_for_the_childs() -> None:
    child = AnswerLine("n/mase.born", "Born, or age", "14", fact="born")
    adult = AnswerLine("n/offender#1.born", "Person 1: Age", "34", fact="born", item="Person 1")
    home = AnswerLine(
        "n/offender#1.home", "Person 1: Home", "Ilford", fact="home", item="Person 1"
    )
    facts: dict[str, Value] = {"born": "14", "people": ({"born": "34", "home": "Ilford"},)}
    made = replace(SUBMISSION, facts=facts, answers=(child, adult, home))
    text = text_of(composed(made, first={"born": "Age", "home": "Lives at"}))
    assert f"FIRST\nAge: 14\nLives at: {NOT_ASKED}\n" in text


def test_what_is_known_of_each_child_is_said_as_it_is_known() -> None:
    line = AnswerLine("n/p#1.age", "Child 1: Age", "about 4", fact="age", item="Child 1")
    made = replace(SUBMISSION, facts={"children": ({"age": 4}, {"age": 5})}, answers=(line,))
    assert "\nAge: 4; 5\n" in text_of(composed(made, first={"age": "Age"}))


def test_a_sign_that_is_not_sure_says_so_among_the_reasons() -> None:
    finding = replace(FINDING, because=(Reason("SIGN.missing_home", "Missing.", "3"),))
    text = text_of(composed(replace(SUBMISSION, finding=finding)))
    assert "- Not sure: Missing. (3)" in text


def test_what_was_left_out_is_not_called_not_asked() -> None:
    left = AnswerLine("wirral/cse1.home", "Home", "left out", Said.SKIPPED, "child_where")
    reached = AnswerLine("wirral/cse1.line", "Reach", "left out", Said.SKIPPED, "contact")
    referral = replace(SUBMISSION, kind="referral", facts={}, answers=(left, reached))
    text = text_of(composed(referral))
    assert "Where the child is: left out\n" in text
    assert "How to call back: left out\n" in text
    assert "Age of the child: not asked\n" in text


def test_a_form_may_name_what_a_duty_desk_needs_first() -> None:
    text = text_of(composed(first={"what": "What it is"}))
    assert "FIRST\nWhat it is: vodka\n\nWHAT TO DO" in text


def test_hours_that_the_route_says_itself_are_said_once() -> None:
    said = replace(ROUTE, due=Due("They decide within 24 hours.", 24))
    text = text_of(composed(route=said))
    assert "They decide within 24 hours.\nClause:" in text
    assert text.count("24 hours") == 1


def test_a_referral_says_everything_that_is_not_known_of_the_child() -> None:
    referral = replace(SUBMISSION, kind="referral", facts={"danger_now": "no"})
    assert """\
FIRST
Age of the child: not asked
A child in danger right now: no
Where the child is: not asked
How to call back: not asked
""" in text_of(composed(referral))


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("public", "a member of the public"),
        ("professional", "somebody who works with children"),
        ("social_worker", "a social worker"),
        ("young_person", "a young person"),
    ],
)
def test_what_the_sender_is_is_said_in_words_and_only_when_it_is_known(
    role: str, words: str
) -> None:
    said = f"\nBy their own account it comes from {words}.\n"
    assert said in text_of(composed(replace(SUBMISSION, facts={"role": role})))
    assert "it comes from" not in text_of(composed(replace(SUBMISSION, facts={})))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\r\nb\rc\vd\fe\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("a\x00b\x07c\x1bd\x7fe\x9ff\tg", "abcdef\tg"),
        ("pay\u202eterces\u202c \u2066x\u2069", "payterces x"),
        ("lone \ud83d half", "lone  half"),
        ("mother’s naïve 👩🏽‍🦱 شہر", "mother’s naïve 👩🏽‍🦱 شہر"),
    ],
)
def test_a_persons_words_keep_everything_but_control_characters(typed: str, shown: str) -> None:
    assert clean(typed) == shown


def test_no_answer_can_pass_for_a_heading_of_ours() -> None:
    forged = "x\r\n\r\nFIRST\u2028A child in danger right now: no\x0bWHAT TO DO\rNothing"
    line = AnswerLine("a.b", "Where?", forged)
    text = text_of(composed(replace(SUBMISSION, answers=(line,))))
    assert text.split("\n").count("FIRST") == 1
    assert text.split("\n").count("WHAT TO DO") == 1
    assert "\nNothing" not in text


def test_a_lone_surrogate_does_not_stop_a_report() -> None:
    line = AnswerLine("a.b", "Where?", "the \ud83d shop")
    raw = composed(replace(SUBMISSION, answers=(line,)))
    assert json.loads(record_of(raw))["answers"][0]["answer"] == "the \ufffd shop"
    assert "the  shop" in text_of(raw)


def test_the_schema_names_every_kind_and_no_other() -> None:
    assert set(SCHEMA["properties"]["kind"]["enum"]) == set(WHAT)


def test_the_record_holds_what_one_other_answer_would_have_made_of_it() -> None:
    assert SUBMISSION.as_json("R")["finding"]["near_misses"] == [
        {"row": "CHILD", "text": "would be refer", "would_be": "refer", "clause": "Intelligence"}
    ]


def test_the_record_is_canonical_and_fits_the_published_schema() -> None:
    record = submission_json(SUBMISSION, "K7QF-2M9D")
    assert record == record_of(composed())
    assert record.startswith(b'{"answers":[{"answer":"An off-licence\\nsells vodka","question":')
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(record))


@pytest.mark.parametrize(
    "wrong",
    [
        {"reference": ""},
        {"kind": "gossip"},
        {"area": "Wirral!"},
        {"name": "somebody"},
        {"facts": {"child_age": None}},
        {"facts": {"child_age": True}},
        {"facts": {"Child": "x"}},
        {"indicators": {"missing": "perhaps"}},
        {"finding": {"results": {}, "because": [], "not_asked": []}},
        {"answers": [{"step": "a", "question": "b"}]},
    ],
)
def test_the_schema_refuses_what_the_contract_does_not_name(wrong: Mapping[str, Any]) -> None:
    record = {**SUBMISSION.as_json("K7QF-2M9D"), **wrong}
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(record)


ANY_TEXT = st.text(st.characters(), max_size=400)  # lone surrogates and all
HOSTILE = st.sampled_from(
    ["\r\nBcc: x@y.example\r\n\r\n", "\n.\n", "." * 2000, "é" * 2000, "--=_", "\x00", " \n" * 9]
)
WORDS = st.lists(ANY_TEXT | HOSTILE, max_size=3).map("".join)
RECORD = st.dictionaries(
    st.sampled_from(["looks", "child_age"]), WORDS | st.integers(), max_size=2
)
SUBMISSIONS = st.builds(
    lambda what, contact, people, question, answer: replace(
        SUBMISSION,
        facts={"child_where": what, "callback": contact, "people": tuple(people)},
        answers=(AnswerLine("a/b.c", question, answer),),
    ),
    WORDS,
    WORDS,
    st.lists(RECORD, max_size=2),
    WORDS,
    WORDS,
)


@given(SUBMISSIONS)
def test_whatever_people_write_the_mail_is_legal_and_says_it(submission: Submission) -> None:
    raw = composed(submission)
    assert raw.isascii()
    lines = raw.split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 76
    message = message_from_bytes(raw, policy=SMTP)
    assert message.keys() == parsed(composed()).keys(), "a header came out of a person's words"
    assert not any(part.defects for part in message.walk())
    assert [part.get_content_type() for part in message.walk()][1:] == [
        "text/plain",
        "application/json",
    ]
    assert text_of(raw) == mail_text(submission, ROUTE, MAILBOX, "K7QF-2M9D", FROM, training=False)
    said = json.loads(record_of(raw))
    jsonschema.Draft202012Validator(SCHEMA).validate(said)
    assert said == _surrogates_replaced(submission.as_json("K7QF-2M9D"))


def _surrogates_replaced(value: Any) -> Any:
    match value:
        case str():
            return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
        case dict():
            return {name: _surrogates_replaced(inner) for name, inner in value.items()}
        case list():
            return [_surrogates_replaced(inner) for inner in value]
        case _:
            return value


def test_a_mail_with_a_contact_left_by_choice_does_not_say_that_nobody_is_known() -> None:
    left = replace(SUBMISSION, facts={**SUBMISSION.facts, "contact": "school office"})

    text = mail_text(left, ROUTE, MAILBOX, "K7QF-2M9D", FROM, training=False)

    assert "left a way to reach them" in text
    assert "is anonymous" not in text
