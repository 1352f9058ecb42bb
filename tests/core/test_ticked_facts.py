"""Several facts on one screen: each is yes, no or not known, and kept where that fact is kept."""

from __future__ import annotations

from dataclasses import replace

from bot.core.dialog import Choice, Dialog, End, Manner, Outcome, Tick, fields_of
from bot.core.handover import _facts, _indicators, _lines, _says_something
from bot.core.layout import Heading
from bot.core.paper import _questions
from bot.core.saying import question, reviewable
from bot.core.session import Said
from bot.core.sheets import _under
from bot.core.text import Template
from bot.core.walk import Visit, Walk, replay
from tests.core.chat import Chat
from tests.core.little import CHILD, SIGNS, one_dialog
from tests.core.writing import ask, choice, text, to

OWN = choice("told_somebody", unsure=True)
FACTS = Tick(
    id="facts",
    text=Template("What is known\n\nWhich fit?"),
    marks=(Choice("child", "It is a child"), Choice("told_somebody", "Somebody was told")),
    asks=(CHILD, OWN),
    none="None of these",
    done="Done",
    unsure="Not sure about the others",
    next=to("signs"),
)


def ticked(*words: str) -> Chat:
    little = one_dialog(FACTS, replace(SIGNS, next=to("over")), facts=(OWN,))
    return Chat(little).start().say(*words)


def walk(chat: Chat) -> Walk:
    return replay(chat.catalogue, chat.present)


def the_tick(chat: Chat) -> Visit:
    return reviewable(walk(chat).visits)[0]


def test_each_fact_is_yes_no_or_unsure() -> None:
    assert dict(walk(ticked("1 done")).facts) == {"child": "yes", "told_somebody": "no"}
    assert dict(walk(ticked("2? done")).facts) == {"child": "no", "told_somebody": "unsure"}
    assert dict(walk(ticked("none")).facts) == {"child": "no", "told_somebody": "no"}
    unsure = walk(ticked("1", "i don't know")).facts
    assert dict(unsure) == {"child": "yes", "told_somebody": "unsure"}


def test_a_shared_fact_is_shared_and_an_own_fact_is_the_dialogs_alone() -> None:
    found = walk(ticked("1 2 done"))
    ((_, own),) = found.records
    assert dict(own) == {"told_somebody": "yes"}


def test_a_fact_is_never_a_sign_nor_a_sign_a_fact() -> None:
    found = walk(ticked("1 done", "1 done"))
    assert found.indicators == {"late": "yes", "gifts": "no", "cars": "no"}
    assert set(found.facts) == {"child", "told_somebody"}
    visits = reviewable(found.visits)
    assert _indicators(visits) == {"late": "yes", "gifts": "no", "cars": "no"}
    assert _facts(found, visits[:1]) == {"child": "yes", "told_somebody": "no"}


def test_the_report_has_a_line_for_each_fact() -> None:
    chat = ticked("1 2? done")
    lines = list(_lines(chat.catalogue, the_tick(chat)))
    assert [(line.step, line.question, line.fact) for line in lines] == [
        ("common/start.child", "It is a child", "child"),
        ("common/start.told_somebody", "Somebody was told", "told_somebody"),
    ]
    assert [(line.answer, line.said) for line in lines] == [
        ("Yes", Said.VALUE),
        ("<unsure>", Said.UNSURE),
    ]
    (no, _) = _lines(chat.catalogue, the_tick(ticked("none")))
    assert (no.answer, no.said) == ("No", Said.VALUE)


def test_signs_stay_one_line() -> None:
    chat = ticked("none", "1 done")
    _, signs = reviewable(walk(chat).visits)
    (line,) = _lines(chat.catalogue, signs)
    assert (line.question, line.fact, line.said) == ("Which signs?", "", Said.MARKS)


def test_the_review_calls_the_screen_by_its_first_line() -> None:
    assert question(the_tick(ticked("none"))) == "What is known"


def test_only_a_yes_tells_its_reader_something() -> None:
    assert _says_something(the_tick(ticked("1 done")))
    assert not _says_something(the_tick(ticked("none")))
    assert not _says_something(the_tick(ticked("1? done")))
    signs = reviewable(walk(ticked("none", "1? done")).visits)[1]
    assert _says_something(signs)


def test_what_a_step_asks_is_known_by_its_name() -> None:
    assert fields_of(FACTS) == (
        ("child", "It is a child"),
        ("told_somebody", "Somebody was told"),
    )
    assert fields_of(SIGNS) == ()
    assert fields_of(replace(ask(CHILD, "over"), text=Template("A child?\n\nHint."))) == (
        ("child", "A child?"),
    )
    assert fields_of(ask(CHILD, "over", short="Child")) == (("child", "Child"),)
    catalogue = ticked().catalogue
    assert next(_questions(catalogue, "north", "child")) == "It is a child"


def test_a_form_names_the_facts_of_a_screen_that_was_passed_by() -> None:
    other = text("other")
    little = Dialog(
        "north/form",
        "Form",
        Manner.NAMED,
        {
            "other": ask(other, "facts"),
            "facts": FACTS,
            "signs": SIGNS,
            "people": End(id="people", outcome=Outcome.RETURN),
        },
    )
    heading = Heading("Known", ("north/form",))
    said = replace(next(_lines(ticked().catalogue, the_tick(ticked("none")))))
    answers = [
        replace(said, step="north/form.other", fact="other", question="Other", answer="x"),
        replace(said, step="north/form.child", fact="child"),
    ]
    (block,) = _under(heading, answers, {"north/form": little})
    assert block.not_asked == ("Somebody was told",)
    partly = Heading("Told", (), (("north/form", "told_somebody"),))
    (block,) = _under(partly, answers, {"north/form": little})
    assert block.not_asked == ("Somebody was told",)
    assert list(_under(partly, [], {"north/form": little})) == []
