"""The fields of forms in the chat: who is asked, and what the review says of those left empty."""

from __future__ import annotations

from dataclasses import replace

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, End, Outcome, Step
from bot.core.facts import FactType
from bot.core.finding import Finding
from bot.core.handover import paper_routes
from bot.core.layout import Heading, Layout
from bot.core.session import ADDITION, Said
from bot.core.text import Template
from bot.core.walk import replay
from tests.core.chat import Chat, at_review, with_receipt
from tests.core.little import ABOUT, INFO, NAME, ROUTES, catalogue
from tests.core.writing import ask, dialog, text

FORM = Layout("cse1", "CSE 1", sections=(Heading("The child", ("north/child", "common/info")),))
UNSURE_NAME = replace(NAME, unsure=True)


def content(*names: str, unsure: bool = True, who: tuple[str, ...] = ()) -> Catalogue:
    """The little content with a form, and these questions of it required."""
    about = ABOUT
    if unsure:
        facts = {**about.facts, "name": UNSURE_NAME}
        first = about.steps["name"]
        assert isinstance(first, Ask)
        name = replace(first, fact=UNSURE_NAME, unsure="Not known")
        about = replace(about, facts=facts, steps={**about.steps, "name": name})
    dialogs = [
        replace(one, steps={id_: _needed(step, names, who) for id_, step in one.steps.items()})
        for one in (about, INFO)
    ]
    council = replace(ROUTES["council"], forms=("cse1",))
    return replace(
        catalogue(*dialogs), layouts={"cse1": FORM}, routes={**ROUTES, "council": council}
    )


def _needed(step: Step, names: tuple[str, ...], who: tuple[str, ...]) -> Step:
    if isinstance(step, Ask) and step.id in names:
        return replace(step, required=True, who=who)
    return step


def reviewed(given: Catalogue, name: str = "skip", what: str = "skip") -> Chat:
    """At the review, with these two questions answered or left out."""
    chat = Chat(given).start().press("No", "North", "Public", "Yes").say(name, "14", what)
    return chat.say("skip", "none", "no", "skip", "no")


def test_the_review_names_what_the_form_needs_and_was_left_out() -> None:
    chat = reviewed(content("name", "what"))
    assert chat.asks == "[not_filled_in] The child; What happened"
    assert chat.labels[:5] == [
        "Send it",
        "<change>",
        "Fill in The child",
        "Fill in What happened",
        "<not_known>",
    ]


def test_nothing_is_said_where_all_is_filled_in_or_nothing_is_needed() -> None:
    assert "[not_filled_in]" not in reviewed(content("name", "what"), "Sam", "vodka").text
    assert "[not_filled_in]" not in reviewed(content()).text
    assert reviewed(content()).labels == ["Send it", "<change>", "<back>"]
    assert reviewed(content("name", "what"), "Sam", "vodka").labels == [
        "Send it",
        "<change>",
        "<back>",
    ]


def test_an_empty_field_is_one_press_away() -> None:
    chat = reviewed(content("name", "what")).press("Fill in What happened")
    assert "Q what" in chat.text
    chat.say("vodka")
    assert chat.asks == "[not_filled_in] The child"
    assert "What happened: vodka" in chat.text


def test_not_known_is_an_answer_that_fills_a_field_in() -> None:
    chat = reviewed(content("name")).press("Fill in The child", "Not known")
    assert "[not_filled_in]" not in chat.text
    (council, _) = chat.press("Send it").sent
    assert council.answers[0].said is Said.UNSURE
    assert council.facts["name"] == "unsure"


def test_one_press_says_not_known_of_all_that_may_be_that() -> None:
    chat = reviewed(content("name", "what"))
    before = chat.present.turn
    chat.press("<not_known>")
    assert chat.present.turn > before
    assert chat.asks == "[not_filled_in] What happened"
    assert chat.labels == ["Send it", "<change>", "Fill in What happened", "<back>"]
    council, police = chat.press("Send it").sent
    assert council.answers[0].said is Said.UNSURE
    assert police.answers[0].said is Said.SKIPPED
    assert "what" not in police.facts


def test_it_may_be_sent_as_it_is_and_then_says_left_out() -> None:
    (council, _) = reviewed(content("name")).press("Send it").sent
    assert council.answers[0].said is Said.SKIPPED
    assert council.answers[0].fact == "name"
    assert "name" not in council.facts


def test_only_forms_that_are_sent_ask_for_their_fields() -> None:
    given = content("name")
    assert "[not_filled_in]" not in reviewed(replace(given, layouts={})).text
    closed = replace(given, closed={"council": ("why",)})
    assert "[not_filled_in]" not in reviewed(closed).text
    handed = Chat(closed).start().press("No", "North", "Professional", "Yes")
    handed.say("skip", "14", "x", "skip", "none", "no", "skip", "no")
    assert handed.asks == "[not_filled_in] The child"  # they may send it themselves
    elsewhere = replace(FORM, sections=(Heading("The child", ("common/info",)),))
    assert "[not_filled_in]" not in reviewed(replace(given, layouts={"cse1": elsewhere})).text


def test_many_empty_fields_have_eight_buttons_and_are_all_named() -> None:
    facts = [text(f"f{n}") for n in range(10)]
    steps = [
        replace(ask(f, f"f{n + 1}" if n < 9 else "done", skip="Leave out"), required=True)
        for n, f in enumerate(facts)
    ]
    end = End(id="done", outcome=Outcome.RETURN)
    about = replace(dialog("north/child", *steps, end, facts=tuple(facts)), manner=ABOUT.manner)
    given = content()
    chat = Chat(replace(given, dialogs={**given.dialogs, "north/child": about}))
    chat.start().press("No", "North", "Public", "Yes").say(*["skip"] * 10)
    chat.say("x", "skip", "none", "no", "skip", "no")
    assert [b for b in chat.labels if b.startswith("Fill in")] == [
        f"Fill in Q f{n}" for n in range(8)
    ]
    assert chat.asks == "[not_filled_in] " + "; ".join(f"Q f{n}" for n in range(10))
    assert "<not_known>" not in chat.labels


def test_long_names_are_cut_on_the_button_and_on_the_screen() -> None:
    given = content("name")
    about = given.dialogs["north/child"]
    asked = about.steps["name"]
    assert isinstance(asked, Ask)
    name = replace(asked, short="The child " * 80)
    long = replace(about, steps={**about.steps, "name": name})
    chat = reviewed(replace(given, dialogs={**given.dialogs, "north/child": long}))
    (label,) = [b for b in chat.labels if b.startswith("Fill in")]
    assert (len(label), label[-1]) == (40, "…")
    assert len(chat.asks) == 600


def test_a_field_for_others_is_not_asked_and_nothing_waits_for_it() -> None:
    given = content("name", who=("professional",))
    chat = Chat(given).start().press("No", "North", "Public", "Yes")
    assert "Q age" in chat.text
    asked = Chat(given).start().press("No", "North", "Professional", "Yes")
    assert "The child" in asked.text or "Q name" in asked.text
    chat.say("14", "vodka", "skip", "none", "no", "skip", "no")
    assert "[not_filled_in]" not in chat.text
    (council, _) = chat.press("Send it").sent
    assert [line.fact for line in council.answers] == ["age"]


def test_somebody_whose_role_nobody_asked_is_not_asked_either() -> None:
    more = text("more", FactType.LONG_TEXT)
    adding = dialog(
        ADDITION,
        replace(ask(more, "sent"), who=("professional",)),
        End(id="sent", outcome=Outcome.FINISH, text=Template("Nothing to add.")),
        facts=(more,),
    )
    chat = Chat(replace(catalogue(), dialogs={**catalogue().dialogs, ADDITION: adding}))
    with_receipt(chat.start())
    assert (
        "Nothing to add." in chat.say("receipt", next(iter(chat.opens))).press("<add_more>").text
    )


def test_a_review_without_a_finding_says_nothing_of_fields() -> None:
    assert "[not_filled_in]" not in at_review(replace(content("name"), routes=ROUTES)).text


def reaching(*names: str, required: tuple[str, ...] = ()) -> Catalogue:
    """The little content in which these answers help to find or reach the child."""
    given = content(*required)
    dialogs = dict(given.dialogs)
    for dialog_id in ("north/child", "common/info"):
        one = dialogs[dialog_id]
        steps = {
            id_: replace(step, reach=id_ in names) if isinstance(step, Ask) else step
            for id_, step in one.steps.items()
        }
        dialogs[dialog_id] = replace(one, steps=steps)
    return replace(given, dialogs=dialogs)


def test_where_nobody_could_find_the_child_the_review_asks_once_more() -> None:
    chat = reviewed(reaching("name", "what"))
    assert chat.asks == "[out_of_reach] The child; What happened"
    assert chat.labels[:5] == [
        "Send it",
        "<change>",
        "Fill in The child",
        "Fill in What happened",
        "<not_known>",
    ]
    assert chat.press("Send it").sent  # nobody is forced


def test_one_way_to_the_child_is_enough() -> None:
    for name, what in (("Sam", "skip"), ("skip", "in Elm Road"), ("Sam", "in Elm Road")):
        chat = reviewed(reaching("name", "what"), name, what)
        assert "[out_of_reach]" not in chat.text
        assert chat.labels == ["Send it", "<change>", "<back>"]
    chat = reviewed(reaching("name", "what")).press("Fill in The child").say("Sam")
    assert "[out_of_reach]" not in chat.text


def test_not_known_is_no_way_to_the_child() -> None:
    chat = reviewed(reaching("name", "what"), "Not known")
    assert chat.asks == "[out_of_reach] The child; What happened"
    assert "<not_known>" not in chat.labels  # that was said


def test_what_the_form_needs_beside_it_is_named_after_it_and_nothing_twice() -> None:
    chat = reviewed(reaching("name", required=("name", "what")))
    assert "[out_of_reach] The child\n\n[not_filled_in] What happened" in chat.text
    chat = reviewed(reaching("name", required=("name", "what")), "Sam")
    assert "[out_of_reach]" not in chat.text
    assert chat.asks == "[not_filled_in] What happened"


def test_a_way_to_the_child_that_no_form_shows_is_not_asked_for() -> None:
    given = replace(reaching("name", "what"), layouts={})
    assert "[out_of_reach]" not in reviewed(given).text


def test_a_form_of_which_nothing_was_asked_is_never_given_blank() -> None:
    given = catalogue()
    chat = Chat(given).start().press("No", "North", "Professional", "No").say("what I saw")
    walk = replay(given, chat.present)
    both = replace(walk, finding=Finding("", {}, routes=("council", "police")))
    assert paper_routes(given, chat.present, both) == []
