"""A form as it is printed: every field by its own word."""

from __future__ import annotations

from dataclasses import replace

from bot.core.dialog import Ask
from bot.core.facts import Fact, FactType
from bot.core.layout import Heading, Layout
from bot.core.mail_text import LEFT_OUT, NOT_ASKED, NOT_KNOWN
from bot.core.session import Said
from bot.core.sheets import Block, Line, Sheet, label_of, sheet
from bot.core.submission import AnswerLine
from bot.core.text import Template
from tests.core.writing import ask, choice, dialog, text

UNSURE = AnswerLine("north/form.moved", "Moved", "I don't know", Said.UNSURE, "moved")


def field(id_: str, *, required: bool = False, who: tuple[str, ...] = (), clause: str = "") -> Ask:
    made = ask(choice(id_, unsure=True), short=id_.capitalize())
    return replace(made, required=required, who=who, clause=clause)


def said(id_: str, answer: str, how: Said = Said.VALUE) -> AnswerLine:
    return AnswerLine(f"north/form.{id_}", id_.capitalize(), answer, how, id_)


FORM = dialog(
    "north/form",
    field("name", required=True, clause="4.1"),
    field("home", required=True),
    field("moved"),
    field("views", required=True, who=("social_worker",)),
    field("notes"),
)
OTHER = dialog("north/other", field("late"), field("gone", required=True))
PERSON = dialog("north/person", field("looks"))
PEOPLE = Fact("people", FactType.LIST, item="north/person", at_most=2)
LISTS = dialog("north/lists", facts=(PEOPLE,))
DIALOGS = {one.id: one for one in (FORM, OTHER, PERSON, LISTS)}
LAYOUT = Layout("cse1", "CSE 1", sections=(Heading("The child", ("north/form",)),))


def printed(*answers: AnswerLine, layout: Layout = LAYOUT) -> Sheet:
    found = sheet(layout, answers, DIALOGS, signs=False)
    assert found is not None
    return found


def block(*answers: AnswerLine) -> Block:
    (only,) = printed(*answers).blocks
    return only


def test_an_answer_stands_with_the_mark_and_the_clause_of_its_question() -> None:
    line = block(said("name", "K.M.")).lines[0]
    assert line == Line("Name", "K.M.", ours=False, needed=True, clause="4.1")
    assert block(said("notes", "None")).lines[0] == Line("Notes", "None")


def test_not_known_left_out_and_not_asked_are_three_words() -> None:
    found = block(said("name", "I don't know", Said.UNSURE), said("home", "x", Said.SKIPPED))
    words = {line.label: (line.said, line.ours) for line in found.lines}
    assert words["Name"][0].startswith(NOT_KNOWN)
    assert words["Home"] == (LEFT_OUT, True)
    assert words["Views (for a social worker to fill in)"] == (NOT_ASKED, True)
    assert len({NOT_KNOWN, LEFT_OUT, NOT_ASKED}) == 3
    assert [line.needed for line in found.lines] == [True, True, True]
    assert found.lines[2].clause == ""


def test_a_person_who_writes_one_of_our_words_is_not_taken_for_us() -> None:
    assert block(said("notes", NOT_KNOWN)).lines[0] == Line("Notes", NOT_KNOWN, ours=False)


def test_not_sure_keeps_the_words_of_the_button() -> None:
    assert block(UNSURE).lines[0].said == f"{NOT_KNOWN}: “Not sure”"
    same = replace(UNSURE, answer="Not sure")
    assert block(same).lines[0].said == NOT_KNOWN
    unoffered = replace(FORM, steps={"moved": replace(field("moved"), unsure="")})
    found = sheet(LAYOUT, (UNSURE,), {**DIALOGS, "north/form": unoffered}, signs=False)
    assert found is not None
    assert found.blocks[0].lines[0].said == NOT_KNOWN
    nobodys = AnswerLine("north/form.odd", "Odd", "I don't know", Said.UNSURE, "odd")
    assert block(nobodys).lines[0].said == NOT_KNOWN


def test_what_the_form_does_not_need_is_told_in_a_line() -> None:
    found = block(said("name", "K.M."), said("moved", "x", Said.SKIPPED))
    assert found.left_out == ("Moved",)
    assert found.not_asked == ("Notes",)


def test_a_heading_of_which_nothing_was_asked_says_so() -> None:
    sections = (*LAYOUT.sections, Heading("Later", ("north/other",)))
    found = printed(said("name", "K.M."), layout=replace(LAYOUT, sections=sections))
    assert found.not_asked == ("Later",)
    assert [one.title for one in found.blocks] == ["The child"]


def test_a_heading_for_people_is_silent_where_there_is_nobody() -> None:
    sections = (*LAYOUT.sections, Heading("People", ("north/person",)))
    assert printed(said("name", "x"), layout=replace(LAYOUT, sections=sections)).not_asked == ()


def test_a_form_of_which_nothing_was_asked_is_no_form() -> None:
    assert (
        sheet(LAYOUT, (AnswerLine("north/other.late", "Late", "x"),), DIALOGS, signs=True) is None
    )
    assert sheet(replace(LAYOUT, signs=True), (), DIALOGS, signs=False) is None
    only_signs = sheet(replace(LAYOUT, signs=True), (), DIALOGS, signs=True)
    assert only_signs is not None
    assert (only_signs.signs, only_signs.blocks, only_signs.not_asked) == (
        True,
        (),
        ("The child",),
    )
    no_place = sheet(LAYOUT, (said("name", "x"),), DIALOGS, signs=True)
    assert no_place is not None
    assert not no_place.signs


def test_single_fields_stand_in_the_order_of_the_form() -> None:
    parts = (("north/form", "notes"), ("north/other", "late"), ("north/form", "name"))
    layout = replace(LAYOUT, sections=(Heading("All", (), parts),))
    late = AnswerLine("north/other.late", "Late", "no", fact="late")
    found = printed(
        said("name", "K.M."), late, said("notes", "x"), said("home", "y"), layout=layout
    )
    (only,) = found.blocks
    assert [line.label for line in only.lines] == ["Notes", "Late", "Name"]
    assert (only.left_out, only.not_asked) == ((), ())


def test_a_single_field_of_a_dialog_gone_through_is_missed_and_its_neighbours_are_not() -> None:
    parts = (("north/form", "name"), ("north/other", "gone"))
    layout = replace(LAYOUT, sections=(Heading("All", (), parts),))
    (only,) = printed(said("home", "x"), said("name", "K.M."), layout=layout).blocks
    assert [line.label for line in only.lines] == ["Name"]
    other = AnswerLine("north/other.late", "Late", "no", fact="late")
    (only,) = printed(said("name", "K.M."), other, layout=layout).blocks
    assert [(line.label, line.said) for line in only.lines] == [
        ("Name", "K.M."),
        ("Gone", NOT_ASKED),
    ]


def test_whole_dialogs_come_after_the_fields_that_are_named() -> None:
    heading = Heading("All", ("north/other",), (("north/form", "name"), ("north/form", "home")))
    assert heading.asks == ("north/form", "north/other")
    assert [heading.place(fact) for fact in ("name", "home", "late")] == [0, 1, 2]


def test_each_of_several_stands_below_its_own_name() -> None:
    def person(number: int, fact: str, answer: str, how: Said = Said.VALUE) -> AnswerLine:
        name = f"Person {number}"
        step = f"north/person#{number}.{fact}"
        return AnswerLine(step, f"{name}: {fact}", answer, how, fact, name)

    layout = replace(LAYOUT, sections=(Heading("People", ("north/person", "north/lists")),))
    answers = (
        AnswerLine("north/lists#1.people", "Anyone?", "Yes", Said.MORE, "people"),
        person(1, "looks", "tall"),
        person(1, "nick", "x", Said.SKIPPED),
        AnswerLine("north/lists#2.people", "Anyone else?", "Yes", Said.MORE, "people"),
        person(2, "looks", "y", Said.UNSURE),
        AnswerLine("north/lists#3.people", "Anyone else?", "No", Said.ENOUGH, "people"),
    )
    people, one, two = printed(*answers, layout=layout).blocks
    assert (people.title, people.lines, people.left_out, people.inside) == (
        "People",
        (),
        (),
        False,
    )
    assert (one.title, one.left_out, one.inside) == ("Person 1", ("nick",), True)
    assert [(line.label, line.said) for line in one.lines] == [("looks", "tall")]
    assert [line.ours for line in two.lines] == [True]
    nobody = AnswerLine("north/lists#1.people", "Anyone?", "No", Said.ENOUGH, "people")
    (none,) = printed(nobody, layout=layout).blocks
    assert [(line.label, line.said) for line in none.lines] == [("Anyone?", "No")]


def test_a_field_is_called_as_its_question_is() -> None:
    assert label_of(replace(field("name"), short="", text=Template("Who?\n\nA hint."))) == "Who?"
    both = field("name", who=("social_worker", "odd", "professional"))
    assert label_of(both) == (
        "Name (for a social worker or somebody who works with children to fill in)"
    )
    assert label_of(ask(text("x"), short="X")) == "X"


def test_what_was_marked_leads_its_heading_and_no_other() -> None:
    headings = (
        Heading("The child", ("north/form",)),
        Heading("The concern", ("north/other",), signs=True),
        Heading("Late", ("north/other",), (("north/other", "late"),), signs=True),
    )
    layout = replace(LAYOUT, sections=headings)
    line = Line("Missing", "Out late")
    made = sheet(layout, [said("notes", "None")], DIALOGS, signs=True, marked=(line,))
    assert made is not None
    child, concern, late = made.blocks
    assert line not in child.lines
    assert (concern, late) == (Block("The concern", (line,)), Block("Late", (line,)))
    other = AnswerLine("north/other.late", "Late", "Yes", Said.VALUE, "late")
    both = sheet(layout, [other], DIALOGS, signs=True, marked=(line,))
    assert both is not None
    assert both.blocks[0].lines[:2] == (line, Line("Late", "Yes"))
    assert line not in printed(other, layout=layout).blocks[0].lines
