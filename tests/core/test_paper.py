from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.facts import UNSURE
from bot.core.layout import FIRST, Heading, Layout
from bot.core.mail_text import NOT_ASKED, NOT_KNOWN
from bot.core.paper import NOT_THE_FORM, OTHER, Paper, layout_of, paper
from bot.core.rules import Indicator, Kind, RuleBook
from bot.core.submission import AnswerLine, Submission
from tests.core.test_mail import FINDING, FROM, MAILBOX, ROUTE, SUBMISSION

LAYOUT = Layout(
    id="cse1",
    title="a CSE 1 referral",
    not_the_boards_form=True,
    sections=(
        Heading("The person", ("common/person",)),
        Heading("What happened", ("common/information",)),
    ),
    judgement={"judged": "Level", "judged_why": "Why"},
)
ANSWERS = (
    AnswerLine("common/information.what", "What?", "vodka"),
    AnswerLine("common/person#1.looks", "Looks?", "tall"),
    AnswerLine("common/person#2.looks", "Looks?", "short"),
    AnswerLine("common/information.where", "Where?", "the parade"),
    AnswerLine("wirral/police_contact.when", "When?", "Tuesday"),
)
SIGNS = {
    id_: Indicator(id_, group, Kind.RISK, text, "3.1")
    for id_, group, text in (
        ("missing_home", "going_missing", "Missing from home"),
        ("found_far", "going_missing", "Found far away"),
        ("late", "going_missing", "Home late"),
        ("self_harm", "health", "Self-harm"),
    )
}
BOOK = RuleBook("wirral/cse1", "wirral", (), {}, SIGNS)


def made(
    submission: Submission = SUBMISSION,
    layout: Layout = LAYOUT,
    book: RuleBook | None = BOOK,
    *,
    training: bool = False,
) -> Paper:
    return paper(submission, ROUTE, MAILBOX, layout, book, "K7QF-2M9D", FROM, training=training)


def test_answers_stand_under_their_headings_and_none_is_left_out() -> None:
    blocks = made(replace(SUBMISSION, answers=ANSWERS)).blocks
    assert [(b.title, [line.said for line in b.lines]) for b in blocks] == [
        ("The person", ["tall", "short"]),
        ("What happened", ["vodka", "the parade"]),
        (OTHER, ["Tuesday"]),
    ]


def test_without_a_layout_every_answer_is_there_in_order() -> None:
    plain = layout_of(ROUTE, {})
    (block, *more) = made(replace(SUBMISSION, answers=ANSWERS[:1] + ANSWERS[3:]), plain).blocks
    assert more == []
    assert [line.said for line in block.lines] == ["vodka", "the parade", "Tuesday"]


def test_yes_unsure_no_and_not_asked_are_kept_apart() -> None:
    said = {"missing_home": "unsure", "found_far": "yes", "late": "no"}
    (group, health) = made(replace(SUBMISSION, indicators=said)).signs
    assert group.group == "Going missing"
    assert (group.yes, group.unsure) == (("Found far away",), ("Missing from home",))
    assert (group.no, group.not_asked) == (("Home late",), ())
    assert health.not_asked == ("Self-harm",)


def test_a_sign_that_the_rulebook_does_not_know_is_printed_all_the_same() -> None:
    (*_, others) = made(replace(SUBMISSION, indicators={"odd_one": "yes"})).signs
    assert (others.group, others.yes) == ("Other signs", ("odd one",))
    (only,) = made(replace(SUBMISSION, indicators={"odd_one": "unsure"}), book=None).signs
    assert only.unsure == ("odd one",)


def test_signs_are_not_mentioned_when_none_was_asked() -> None:
    assert made(replace(SUBMISSION, indicators={})).signs == ()


def test_what_a_desk_needs_first_is_there_known_or_not() -> None:
    facts = {**SUBMISSION.facts, "child_age": UNSURE}
    referral = replace(SUBMISSION, kind="referral", facts=facts)
    first = {line.label: line.said for line in made(referral).first}
    assert list(first) == list(FIRST.values())
    assert first["Age of the child"] == NOT_KNOWN
    assert first["Where the child is"] == NOT_ASKED


def test_intelligence_does_not_say_of_a_child_what_belongs_in_the_referral() -> None:
    assert [line.label for line in made().first] == [FIRST["danger_now"], FIRST["callback"]]


def test_the_judgement_stands_with_its_reason() -> None:
    facts = {"judged": "level_3", "judged_why": "I know her. She_has changed."}
    judgement = made(replace(SUBMISSION, facts=facts)).judgement
    assert [(line.label, line.said) for line in judgement] == [
        ("Level", "level 3"),
        ("Why", "I know her. She_has changed."),
    ]


def test_a_judgement_that_nobody_was_asked_for_is_not_mentioned() -> None:
    assert made().judgement == ()


def test_a_form_whose_fields_are_not_public_says_that_it_is_not_the_boards() -> None:
    assert (made().title, made().subtitle) == ("Information for a CSE 1 referral", NOT_THE_FORM)
    own = made(layout=replace(LAYOUT, not_the_boards_form=False))
    assert (own.title, own.subtitle) == ("a CSE 1 referral", "")


@pytest.mark.parametrize(("forms", "wanted"), [(("cse1",), "cse1"), ((), "intelligence")])
def test_a_route_is_laid_out_as_its_form_or_its_kind_says(
    forms: tuple[str, ...], wanted: str
) -> None:
    layouts = {"cse1": LAYOUT, "intelligence": replace(LAYOUT, id="intelligence")}
    assert layout_of(replace(ROUTE, forms=forms), layouts).id == wanted


def test_training_and_danger_are_said_only_when_true() -> None:
    calm, danger = made(), made(replace(SUBMISSION, finding=replace(FINDING, emergency=True)))
    assert (calm.training, calm.emergency) == ("", "")
    assert "999" in danger.emergency
    assert made(training=True).training.startswith("TRAINING")


def test_who_by_when_and_under_which_clause() -> None:
    assert made().who == MAILBOX.name
    assert "Within 24 hours." in made().to_do
    assert f"Clause: {ROUTE.clause}" in made().to_do
