from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from bot.core.category import Suggestion
from bot.core.facts import UNSURE, Fact, FactType
from bot.core.fields import forms_of
from bot.core.finding import Finding, Reason
from bot.core.forms import Condition, Form
from bot.core.layout import FIRST, Heading, Layout
from bot.core.mail_text import LEFT_OUT, NOT_ASKED, NOT_KNOWN
from bot.core.paper import NOT_SCREENED, Paper, first_of, paper
from bot.core.routing import How, Route
from bot.core.rules import Hit, Indicator, Kind, Row, RuleBook, Table
from bot.core.session import Said
from bot.core.sheets import ANSWERS, NOT_THE_FORM, OTHER, Line
from bot.core.signs import Sign, Signs, marked
from bot.core.submission import AnswerLine, Submission
from tests.core.little import catalogue
from tests.core.test_mail import FINDING, FROM, MAILBOX, ROUTE, SUBMISSION
from tests.core.writing import ask, dialog, text

LAYOUT = Layout(
    id="cse1",
    title="a CSE 1 referral",
    not_the_boards_form=True,
    sections=(
        Heading("The person", ("common/person",)),
        Heading("What happened", ("common/information",)),
    ),
)
ANSWERS_GIVEN = (
    AnswerLine("common/information.what", "What?", "vodka", fact="what"),
    AnswerLine("common/person#1.looks", "Person 1: Looks", "tall", fact="looks", item="Person 1"),
    AnswerLine("common/person#2.looks", "Person 2: Looks", "short", fact="looks", item="Person 2"),
    AnswerLine("common/information.where", "Where?", "the parade", fact="where"),
    AnswerLine("wirral/police_contact.when", "When?", "Tuesday", fact="when"),
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
BOOK = RuleBook(
    "wirral/intelligence",
    "wirral",
    (),
    {},
    SIGNS,
    called={"health": "Body and feelings"},
    judgement=("judged", "judged_why"),
)
DIALOGS = (
    dialog("common/information", ask(text("what")), ask(text("where"))),
    dialog("common/person", ask(text("looks"), short="Looks")),
    dialog("wirral/police_contact", ask(text("other_age"), short="Age of the other person")),
    dialog("newham/elsewhere", ask(text("other_age"), short="Never this one")),
)


def made(
    submission: Submission = SUBMISSION,
    *layouts: Layout,
    book: RuleBook | None = BOOK,
    route: Route = ROUTE,
    training: bool = False,
) -> Paper:
    """The paper of this submission, with these forms (or one small one)."""
    forms = layouts or (LAYOUT,)
    content = replace(
        catalogue(*DIALOGS, training=training),
        routes={route.id: replace(route, forms=tuple(form.id for form in forms))},
        rules={book.id: book} if book else {},
        layouts={form.id: form for form in forms},
    )
    return paper(content, submission, MAILBOX, "K7QF-2M9D", FROM)


def plain(submission: Submission) -> Paper:
    """The same where nothing is laid out."""
    content = replace(catalogue(*DIALOGS), routes={ROUTE.id: ROUTE}, rules={BOOK.id: BOOK})
    return paper(content, submission, MAILBOX, "K7QF-2M9D", FROM)


def test_answers_stand_under_their_headings_and_none_is_left_out() -> None:
    sheet = made(replace(SUBMISSION, answers=ANSWERS_GIVEN))
    blocks = [*sheet.sheets[0].blocks, *sheet.rest]
    assert [(b.title, b.inside, [line.said for line in b.lines]) for b in blocks] == [
        ("The person", False, []),
        ("Person 1", True, ["tall"]),
        ("Person 2", True, ["short"]),
        ("What happened", False, ["vodka", "the parade"]),
        (OTHER, False, ["Tuesday"]),
    ]


def test_without_a_layout_every_answer_is_there_in_order() -> None:
    found = plain(replace(SUBMISSION, answers=ANSWERS_GIVEN[:1] + ANSWERS_GIVEN[3:]))
    (block,) = found.rest
    assert (found.sheets, block.title) == ((), ANSWERS)
    assert [line.said for line in block.lines] == ["vodka", "the parade", "Tuesday"]
    assert found.title == "Information about child sexual exploitation"


def test_a_route_without_a_kind_is_called_by_its_name() -> None:
    content = replace(catalogue(), routes={ROUTE.id: replace(ROUTE, kind="")}, rules={})
    assert paper(content, SUBMISSION, MAILBOX, "R", FROM).title == ROUTE.name


def test_yes_unsure_no_and_not_asked_are_kept_apart() -> None:
    said = {"missing_home": "unsure", "found_far": "yes", "late": "no"}
    (group, health) = made(replace(SUBMISSION, indicators=said)).signs
    assert group.group == "Going missing"
    assert ([sign.text for sign in group.yes], group.unsure) == (
        ["Found far away"],
        ("Missing from home",),
    )
    assert (group.no, group.not_asked) == (("Home late",), ())
    assert (health.group, health.not_asked) == ("Body and feelings", ("Self-harm",))


def test_what_was_noted_of_a_sign_stands_beside_it_and_nowhere_else() -> None:
    about = partial(AnswerLine, item="Found far away")
    answers = (
        AnswerLine("wirral/signs.signs", "Signs?", "yes: Found far away", Said.MARKS),
        about("common/sign#found_far.when", "Found far away: When", "Now"),
        about("common/sign#found_far.basis", "How", "left out", Said.SKIPPED),
        about("common/sign#found_far.shows", "What shows it", "a ticket"),
    )
    said = {"found_far": "yes", "late": "yes"}
    found = made(replace(SUBMISSION, indicators=said, answers=answers))
    far, late = found.signs[0].yes
    assert [(n.label, n.said) for n in far.noted] == [
        ("When", "Now"),
        ("What shows it", "a ticket"),
    ]
    assert late.noted == ()
    assert found.rest == ()


def test_a_sign_that_the_rulebook_does_not_know_is_printed_all_the_same() -> None:
    (*_, others) = made(replace(SUBMISSION, indicators={"odd_one": "yes"})).signs
    assert (others.group, [sign.text for sign in others.yes]) == ("Other signs", ["odd one"])
    (only,) = made(replace(SUBMISSION, indicators={"odd_one": "unsure"}), book=None).signs
    assert only.unsure == ("odd one",)


def test_signs_are_not_mentioned_when_none_was_asked() -> None:
    assert made(replace(SUBMISSION, indicators={})).signs == ()


def test_signs_stand_on_the_form_that_has_a_place_for_them() -> None:
    tool = Layout(id="screening_tool", title="the tool", signs=True)
    first, second = made(SUBMISSION, replace(LAYOUT), tool).sheets
    assert (first.signs, second.signs) == (False, True)
    assert made(replace(SUBMISSION, indicators={}), tool).sheets == ()


def test_marked_signs_can_be_told_a_line_a_group_with_what_was_noted() -> None:
    noted = (Line("When", "Now"), Line("What shows it", "Two marks"))
    yes = (Sign("Bruises", noted), Sign("Out late"))
    groups = (
        Signs("Harm", yes, ("Afraid",), ("Taken away",), ()),
        Signs("Places", (), (), ("Hotels",), ("Cars",)),
    )
    assert marked(groups) == (
        Line("Harm", "Bruises (Now; Two marks)\nOut late\nNot sure: Afraid"),
    )


def test_marked_signs_lead_the_heading_of_the_form_that_wants_them() -> None:
    basis = Heading("Basis", ("common/information",), signs=True)
    answers = (
        *ANSWERS_GIVEN[:1],
        AnswerLine("common/sign#late.when", "Home late: When", "Now", item="Home late"),
    )
    told = replace(SUBMISSION, answers=answers, indicators={"late": "yes", "found_far": "no"})
    (form,) = made(told, replace(LAYOUT, sections=(basis,))).sheets
    assert [line.said for line in form.blocks[0].lines] == ["Home late (Now)", "vodka"]
    nothing = replace(told, indicators={"late": "no"})
    (form,) = made(nothing, replace(LAYOUT, sections=(basis,))).sheets
    assert [line.said for line in form.blocks[0].lines] == ["vodka"]


def test_a_screen_of_signs_is_an_answer_where_no_sign_travels() -> None:
    line = AnswerLine("wirral/signs.signs", "Signs?", "yes: Found far away", Said.MARKS)
    found = made(replace(SUBMISSION, indicators={}, answers=(line,)))
    assert [line.said for line in found.rest[0].lines] == ["yes: Found far away"]


def test_what_a_desk_needs_first_is_there_known_or_not() -> None:
    facts = {**SUBMISSION.facts, "child_age": UNSURE}
    left = AnswerLine("wirral/x.c", "Call back?", "left out", Said.SKIPPED, fact="callback")
    referral = replace(SUBMISSION, kind="referral", facts=facts, answers=(left,))
    first = {line.label: line.said for line in made(referral).first}
    assert list(first) == list(FIRST.values())
    assert first["Age of the child"] == NOT_KNOWN
    assert first["Where the child is"] == NOT_ASKED
    assert first["How to call back"] == LEFT_OUT


def test_a_form_may_say_what_a_desk_needs_first() -> None:
    own = replace(LAYOUT, first={"what": "What it is"})
    assert [(line.label, line.said) for line in made(SUBMISSION, own).first] == [
        ("What it is", "vodka")
    ]
    assert first_of(()) == FIRST


def test_intelligence_does_not_say_of_a_child_what_belongs_in_the_referral() -> None:
    assert [line.label for line in made().first] == [FIRST["danger_now"], FIRST["callback"]]


def test_a_value_of_ours_is_put_in_words_and_a_persons_words_are_left_alone() -> None:
    facts = {"danger_now": "not_yet", "callback": "Ring_me today."}
    assert [line.said for line in made(replace(SUBMISSION, facts=facts)).first] == [
        "not yet",
        "Ring_me today.",
    ]


def test_the_judgement_stands_with_its_reason_and_not_among_the_answers() -> None:
    answers = (
        AnswerLine("wirral/s.judged", "Your judgement", "I think less", fact="judged"),
        AnswerLine("wirral/s.why", "Why", "I know her.", fact="judged_why"),
    )
    found = made(replace(SUBMISSION, answers=answers))
    assert [(line.label, line.said) for line in found.judgement] == [
        ("Your judgement", "I think less"),
        ("Why", "I know her."),
    ]
    assert found.rest == ()


def test_the_suggested_category_stands_apart_from_the_judgement() -> None:
    reason = Reason("SIGN.late", "Home late", "3.1")
    row = Row("SIGN.late", (Condition(Form.IS, "late", ("yes",)),), "1", "3.1", "Home late")
    own = Row("JUDGED", (Condition(Form.IS, "judged", ("2",)),), "2", "6.3", "Your view.")
    level = Table("level", Hit.STRONGEST, ("none", "1", "2"), (row, own), otherwise="none")
    reads = {"judged": Fact("judged", FactType.CHOICE, ("1", "2"))}
    book = replace(BOOK, tables=(level,), reads=reads)
    decided = Finding(
        book.id, {"level": "2"}, because=(reason, Reason("JUDGED", "Your view.", "6.3"))
    )
    told = replace(SUBMISSION, finding=decided, facts={"judged": "2"}, indicators={"late": "yes"})
    found = made(told, book=book)
    assert found.suggested == Suggestion("1", (reason,), ())
    assert found.results == ()
    assert [line.said for line in found.reasons] == ["Your view."]
    kept_apart = replace(decided, results={"action": "intelligence"})
    assert made(replace(told, finding=kept_apart), book=book).suggested is None
    assert made(told, book=None).suggested is None


def test_a_judgement_that_nobody_was_asked_for_is_not_mentioned() -> None:
    assert made().judgement == ()


def test_a_form_whose_fields_are_not_public_says_that_it_is_not_the_boards() -> None:
    (form,) = made().sheets
    assert (form.title, form.subtitle) == ("Information for a CSE 1 referral", NOT_THE_FORM)
    (own,) = made(SUBMISSION, replace(LAYOUT, not_the_boards_form=False)).sheets
    assert (own.title, own.subtitle) == ("a CSE 1 referral", "")


def test_one_form_gives_the_document_its_title_and_several_stand_in_one_document() -> None:
    assert made().title == "Information for a CSE 1 referral"
    other = Layout(id="request", title="A request", sections=LAYOUT.sections[1:])
    empty = Layout(id="cse2", title="CSE 2", sections=(Heading("Case", ("newham/elsewhere",)),))
    several = made(SUBMISSION, LAYOUT, other, empty)
    assert several.title == "Information about child sexual exploitation"
    assert [sheet.title for sheet in several.sheets] == [
        "Information for a CSE 1 referral",
        "A request",
    ]
    assert several.unfilled == ("CSE 2",)
    assert several.rest == ()


def test_what_the_rules_did_not_hear_is_called_as_it_is_asked_in_this_area() -> None:
    heard = replace(FINDING, not_asked=("late", "other_age", "open_case"))
    named = ("Home late", "Age of the other person", "open case")
    assert made(replace(SUBMISSION, finding=heard)).not_asked == named
    unscreened = replace(SUBMISSION, finding=heard, indicators={})
    assert made(unscreened).not_asked == (NOT_SCREENED, *named[1:])
    facts_only = replace(unscreened, finding=replace(FINDING, not_asked=("other_age",)))
    assert made(facts_only).not_asked == (named[1],)
    assert made(replace(SUBMISSION, finding=heard), book=None).not_asked == (
        "late",
        *named[1:],
    )


@pytest.mark.parametrize(
    ("forms", "wanted"),
    [(("cse1",), ["cse1"]), ((), ["intelligence"]), (("cse2", "cse1"), ["cse1"])],
)
def test_a_route_is_laid_out_as_its_forms_or_its_kind_say(
    forms: tuple[str, ...], wanted: list[str]
) -> None:
    layouts = {"cse1": LAYOUT, "intelligence": replace(LAYOUT, id="intelligence")}
    content = replace(catalogue(), layouts=layouts)
    found = forms_of(content, replace(ROUTE, forms=forms), None)
    assert [layout.id for layout in found] == wanted
    assert forms_of(catalogue(), ROUTE, None) == ()


def test_forms_of_the_ways_that_the_person_walks_go_along_with_a_named_report() -> None:
    walk = replace(ROUTE, id="walk", how=How.TELL, forms=("cse1", "cse2"))
    mail = replace(ROUTE, id="mail", forms=("request",))
    own = replace(ROUTE, anonymous=False, forms=("cse1",))
    layouts = {id_: replace(LAYOUT, id=id_) for id_ in ("cse1", "cse2", "request")}
    content = replace(catalogue(), layouts=layouts, routes={"walk": walk, "mail": mail})
    finding = replace(FINDING, routes=("walk", "mail"))
    assert [one.id for one in forms_of(content, own, finding)] == ["cse1", "cse2"]
    anonymous = replace(own, anonymous=True)
    assert [one.id for one in forms_of(content, anonymous, finding)] == ["cse1"]


def test_training_and_danger_are_said_only_when_true() -> None:
    calm, danger = made(), made(replace(SUBMISSION, finding=replace(FINDING, emergency=True)))
    assert (calm.training, calm.emergency) == ("", "")
    assert "999" in danger.emergency
    assert made(training=True).training.startswith("TRAINING")


def test_who_by_when_and_under_which_clause() -> None:
    assert made().who == MAILBOX.name
    assert "Within 24 hours." in made().to_do
    assert f"Clause: {ROUTE.clause}" in made().to_do


def test_the_words_of_the_paper_itself() -> None:
    assert NOT_THE_FORM == "This is not the board's own form."
    assert (OTHER, ANSWERS) == ("Other answers", "Answers")
    assert NOT_SCREENED == "every sign, because the screening was not gone through"
    assert list(FIRST) == ["child_age", "danger_now", "child_where", "callback"]


def test_questions_that_all_areas_share_name_what_was_not_heard() -> None:
    shared = replace(FINDING, not_asked=("where",))
    assert made(replace(SUBMISSION, finding=shared)).not_asked == ("Q where",)
