"""Looking something up: at any moment, and then straight back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.catalogue import Catalogue
from bot.core.danger import Sign, compile_danger
from bot.core.emergency import HEADER
from bot.core.facts import PROFESSIONALS
from bot.core.found import OFFERED
from bot.core.guidance import Answer, Found, Passage
from bot.core.hosted import with_found
from bot.core.looking import LONGEST, QUESTION, STORY, asks_here, asks_something, query_in
from bot.core.session import ADDITION, Overlay
from bot.core.turn import Find, LookUp, ScreenKind
from bot.core.turning import show
from tests.core.chat import OTHER_CODE, STATES, Chat, at_review, with_receipt
from tests.core.little import PASSAGES, catalogue

FOUND = "Going missing 1 Text 1. Guide, 2016: c1"


def state(name: str) -> Chat:
    made: Callable[[], Chat] = STATES[name]
    return made()


def looked(chat: Chat) -> Find:
    (effect,) = chat.effects
    assert isinstance(effect, Find)
    return effect


def told(*passages: Passage) -> Found:
    return Found(told=tuple(Answer(one, 1.0) for one in passages))


def test_a_question_mark_and_words_look_up_in_the_middle_of_anything() -> None:
    chat = at_review().say("?  missing")
    assert looked(chat) == Find("missing", "north")
    assert FOUND in chat.text
    assert chat.asks == "[found_others]"
    assert chat.labels == ["Going missing 2", "Going missing 3", "<carry_on>"]


KEEP = {"a new code", "a pause code"}


@pytest.mark.parametrize("name", [name for name in STATES if name not in KEEP])
def test_one_tap_leads_back_and_nothing_is_lost(name: str) -> None:
    chat = state(name)
    before = chat.present
    chat.say("? missing")
    assert FOUND in chat.text
    assert "missing" not in chat.present.dump().decode().replace("missing_", "")
    chat.press("<carry_on>")
    after = chat.present
    assert after.found == ()
    assert FOUND not in chat.text
    kept = (before.answers, before.marks, before.changing, before.given)
    assert (after.answers, after.marks, after.changing, after.given) == kept
    if before.overlay in {Overlay.NONE, Overlay.RESUME, Overlay.SENT, Overlay.RECEIPT}:
        assert after.overlay is before.overlay


@pytest.mark.parametrize("name", sorted(KEEP))
def test_a_code_not_noted_yet_stays_on_the_screen(name: str) -> None:
    chat = state(name)
    before = chat.asks
    for typed in ("? missing", "look up", "?"):
        assert chat.say(typed).asks == before
        assert "[save_first]" in chat.text
        assert not chat.effects


def test_the_next_best_is_one_press_away_and_the_first_is_offered_then() -> None:
    chat = at_review().say("? missing").press("Going missing 3")
    assert "Going missing 3 Text 3." in chat.text
    assert chat.labels == ["Going missing 1", "Going missing 2", "<carry_on>"]
    assert chat.present.found == ("missing_3", "missing_1", "missing_2")
    assert chat.say("2").text.startswith("In danger now? Call 999.\n\n[found] Going missing 2")


def test_no_more_is_offered_than_the_next_two() -> None:
    chat = at_review().say("? missing")
    more = with_found(chat.present, told(*PASSAGES))
    (screen,) = show(chat.catalogue, more).screens
    assert len(screen.buttons) == OFFERED


def test_a_passage_that_is_no_longer_there_is_passed_over() -> None:
    session = with_found(at_review().present, told(replace(PASSAGES[0], id="gone"), PASSAGES[1]))
    (screen,) = show(catalogue(), session).screens
    assert "Going missing 2" in screen.text
    assert "[found_others]" not in screen.text
    assert [button.label for button in screen.buttons] == ["<carry_on>"]


def test_a_long_title_is_cut_on_its_button() -> None:
    long = replace(PASSAGES[1], title="m" * 70)
    content = replace(catalogue(), guidance={p.id: p for p in (PASSAGES[0], long)})
    (screen,) = show(content, with_found(at_review().present, told(PASSAGES[0], long))).screens
    assert screen.buttons[0].label == "m" * 59 + "…"


def seeing(*see: str, area: str = "north") -> Catalogue:
    known = (replace(PASSAGES[0], see=see, area=area), *PASSAGES[1:])
    return replace(catalogue(), guidance={passage.id: passage for passage in known})


def test_what_belongs_to_a_passage_is_offered_after_the_next_best_and_only_once() -> None:
    chat = at_review(seeing("missing_4", "missing_2")).say("? missing")
    offered = ["Going missing 2", "Going missing 3", "Also Going missing 4", "<carry_on>"]
    assert chat.labels == offered
    chat.press("Also Going missing 4")
    assert "[found] Going missing 4 Text 4." in chat.text
    assert chat.labels == ["Going missing 1", "Going missing 2", "<carry_on>"]
    assert "Look: " in chat.press("<carry_on>").text


def test_what_belongs_to_a_passage_is_offered_where_nothing_else_was_found() -> None:
    chat = Chat(seeing("missing_4")).start("p-missing_1")
    assert chat.labels == ["Also Going missing 4", "<carry_on>"]
    assert "[found_others]" not in chat.text


def test_a_passage_called_like_the_one_shown_is_not_offered_beside_it() -> None:
    known = {p.id: p for p in (*PASSAGES[:2], replace(PASSAGES[2], title=PASSAGES[0].title))}
    session = with_found(at_review().present, told(*known.values()))
    (screen,) = show(replace(catalogue(), guidance=known), session).screens
    assert [button.label for button in screen.buttons] == ["Going missing 2", "<carry_on>"]


def test_a_long_title_that_belongs_to_it_is_cut_with_its_label() -> None:
    content = seeing("missing_4")
    long = replace(PASSAGES[3], title="m" * 70)
    content = replace(content, guidance={**content.guidance, "missing_4": long})
    assert Chat(content).start("p-missing_1").labels[0] == "Also " + "m" * 54 + "…"


def test_whose_rule_it_is_is_said_where_it_is_not_the_persons_own_area() -> None:
    nowhere = Chat().start().say("? missing")
    assert "[found] North: Going missing 1 Text 1." in nowhere.text
    assert nowhere.labels[:2] == ["North: Going missing 2", "North: Going missing 3"]
    far = Chat().start().press("No", "Elsewhere", "Public").say("? missing")
    assert "[found] North: Going missing 1" in far.text
    assert "[found] Going missing 1" in Chat(seeing(area="common")).start("p-missing_1").text


def test_where_nothing_is_known_a_person_is_offered() -> None:
    chat = at_review().say("? bus times")
    assert chat.asks == "[not_found] Phone council."
    assert chat.labels == ["<carry_on>"]
    assert Chat().start().say("bus times").asks == "[not_found]"


def test_where_it_is_not_sure_a_person_comes_first_and_titles_alone_are_named() -> None:
    chat = at_review().say("? perhaps missing")
    assert chat.asks == "[not_sure] Phone council."
    assert chat.labels == [*(p.title for p in PASSAGES[:OFFERED]), "<carry_on>"]
    assert not any(passage.text in chat.text for passage in PASSAGES)
    nowhere = Chat().start().say("? perhaps missing")
    assert nowhere.asks == "[not_sure]"
    assert nowhere.labels[0] == "North: Going missing 1"


def test_a_title_that_it_may_be_is_one_press_from_its_passage() -> None:
    chat = at_review().say("? perhaps missing").press("Going missing 2")
    assert "[found] Going missing 2 Text 2." in chat.text
    assert chat.labels == ["Going missing 1", "Going missing 3", "<carry_on>"]
    assert "[found] Going missing 2" in at_review().say("? perhaps missing", "the second").text


def test_other_words_are_wanted_where_it_is_none_of_those_named() -> None:
    chat = at_review().say("? perhaps missing", "something else")
    assert chat.asks == "[look_up]"
    assert chat.present.found == ()
    assert FOUND in at_review().say("? perhaps missing", "missing").text


def test_titles_that_nobody_could_tell_apart_are_named_once() -> None:
    known = {p.id: p for p in (*PASSAGES[:2], replace(PASSAGES[2], title=PASSAGES[0].title))}
    chat = at_review(replace(catalogue(), guidance=known)).say("? perhaps missing")
    assert chat.labels == ["Going missing 1", "Going missing 2", "<carry_on>"]


def test_nothing_named_that_is_no_longer_there_is_an_honest_no() -> None:
    chat = at_review().say("? perhaps missing")
    (screen,) = show(replace(chat.catalogue, guidance={}), chat.present).screens
    assert "[not_found]" in screen.text
    assert [button.label for button in screen.buttons] == ["<carry_on>"]


def test_an_area_without_a_front_door_names_none() -> None:
    bare = catalogue()
    bare = replace(bare, areas={"north": replace(bare.areas["north"], front_door="")})
    assert at_review(bare).say("? bus times").asks == "[not_found]"


def test_the_button_asks_for_a_few_words_and_takes_them_as_a_question() -> None:
    chat = Chat().start().press("<look_up>")
    assert chat.asks == "[look_up]"
    assert chat.reply.screens[0].typed
    assert chat.labels == ["<carry_on>"]
    chat.say("missing")
    assert looked(chat) == Find("missing", "")
    assert chat.say("bus times").asks == "[not_found]"
    assert chat.press("<carry_on>").asks == "Q danger_now"


def test_the_word_opens_it_too() -> None:
    assert at_review().say("look up").asks == "[look_up]"


@pytest.mark.parametrize("word", ["yes", "no", "done", "carry on", "back", "unsure"])
def test_an_answer_typed_at_the_guidance_is_no_question(word: str) -> None:
    chat = Chat().start().say("? missing", word)
    assert chat.asks == "Q danger_now"
    assert not chat.present.answers
    assert not chat.effects


def test_a_long_text_typed_at_the_guidance_is_the_answer_to_what_was_asked() -> None:
    chat = Chat().start().press("No", "North", "Public", "No").say("? missing")
    assert chat.say("m" * QUESTION).asks.startswith("[not_found]")
    story = "m" * (QUESTION + 1)
    chat.say(story)
    assert story in [answer.value for answer in chat.present.answers.values()]
    assert chat.present.found == ()
    assert chat.present.overlay is Overlay.NONE


def test_a_code_typed_where_words_are_wanted_opens_its_report() -> None:
    assert "[receipt_status]" in with_receipt().press("<look_up>").say(OTHER_CODE).text


ASKED = ("? {}", "?{}", "? what happened to {}", "? {}?")


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("name", [n for n in STATES if n not in {*KEEP, "an addition"}])
def test_a_code_behind_a_question_mark_opens_its_report_and_is_never_looked_up(
    name: str, asked: str
) -> None:
    chat = with_receipt(state(name))
    before = chat.present
    chat.say(asked.format(OTHER_CODE))
    assert chat.effects == (LookUp(OTHER_CODE),)
    assert "[receipt_status]" in chat.text
    chat.press("<close>")
    assert OTHER_CODE not in chat.present.dump().decode()
    assert (chat.present.answers, chat.present.marks) == (before.answers, before.marks)
    if before.overlay in {Overlay.NONE, Overlay.RESUME, Overlay.SENT}:
        assert chat.present.overlay is before.overlay


@pytest.mark.parametrize("name", sorted(KEEP))
def test_a_code_behind_a_question_mark_covers_no_code_that_is_not_noted(name: str) -> None:
    chat = state(name)
    before = chat.text
    assert chat.say(f"? {OTHER_CODE}").text == before
    assert not chat.effects


def test_a_code_behind_a_question_mark_that_opens_nothing_can_be_typed_again() -> None:
    chat = at_review().say(f"? {OTHER_CODE}")
    assert "[code_unknown]" in chat.text
    assert "[enter_code]" in chat.text
    assert "Look: " in chat.press("<close>").text


def test_an_addition_opens_no_other_report() -> None:
    chat = state("an addition").say(f"? {OTHER_CODE}")
    assert "[busy_report]" in chat.text
    assert not chat.effects


@pytest.mark.parametrize("name", ["a choice in a call", "a tick", "a gate", "the review"])
@pytest.mark.parametrize("said", ["{}", "my code is {}"])
def test_a_code_typed_in_the_middle_is_no_answer_and_says_what_to_do(name: str, said: str) -> None:
    chat = state(name)
    before = chat.present.answers
    chat.say(said.format(OTHER_CODE))
    assert "[code_here]" in chat.text
    assert chat.present.answers == before
    assert not chat.effects


def test_plain_words_are_looked_up_before_and_after_a_conversation() -> None:
    before = Chat().say("who is missing")
    assert looked(before) == Find("who is missing", "")
    ended = Chat().start().press("No", "Elsewhere", "Public").say("missing")
    assert looked(ended) == Find("missing", "elsewhere")
    assert ended.press("<carry_on>").asks == "Ring."
    sent = at_review().press("Send it", "<saved_it>").say("missing")
    assert FOUND in sent.text
    assert "[saved]" in sent.press("<carry_on>").text


def test_in_a_conversation_plain_words_are_answers() -> None:
    chat = Chat().start().press("No", "North", "Public", "No").say("missing")
    assert not chat.effects
    assert [a.value for a in chat.present.answers.values()][-1] == "missing"
    chat = Chat().start().press("No").say("missing")
    assert "[reject_choice]" in chat.text


def test_an_addition_is_not_a_place_for_plain_questions() -> None:
    chat = state("an addition")
    assert chat.present.root == ADDITION
    assert "<look_up>" not in chat.labels
    assert not chat.say("missing").effects
    assert FOUND in chat.say("? missing").text


def test_a_talk_that_lapsed_says_so_before_anything_is_looked_up() -> None:
    chat = at_review().wait(31).say("missing")
    assert "[lapsed]" in chat.text
    assert not chat.effects


def test_who_was_away_is_answered_and_still_asked_whether_to_carry_on() -> None:
    chat = at_review().wait(16).say("? missing")
    assert FOUND in chat.text
    assert chat.press("<carry_on>").asks == "[resume]"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("missing", True),
        ("m" * STORY, True),
        ("m" * (STORY + 1), False),
        ("how " + "m" * (QUESTION - 4), True),
        ("how " + "m" * (QUESTION - 3), False),
        ("m" * (STORY + 1) + "?", True),
        ("Which\n" + "m" * STORY, True),
        ("howl " + "m" * STORY, False),
        ("yes she is", False),
        ("no not now", False),
        ("i don't know", False),
        ("hello", False),
        ("Hello!", False),
        ("hello missing", True),
        ("she wont say", False),
        ("There is a girl at number 12", False),
        ("theyre at the flat", False),
        ("he's nice", False),
        ("a girl i know", False),
        ("Somebody at work", False),
        ("somebodyelse at work", True),
        ("sheffield", True),
        ("a form", True),
        ("she is where?", True),
        ("skip", False),
        ("none", False),
        ("done", False),
        ("carry on", False),
        ("unsure about it", False),
        ("12", False),
        ("?!", False),
        ("", False),
        ("12 a", True),
    ],
)
def test_what_is_taken_for_a_question(text: str, *, asks: bool) -> None:
    assert asks_something(catalogue(), text) is asks


def test_a_sign_of_danger_is_no_question_and_warns_first() -> None:
    rules = compile_danger([Sign("knife", ("has a knife",))])
    content = replace(catalogue(), danger=rules)
    assert not asks_something(content, "he has a knife")
    assert asks_something(content, "missing")
    chat = Chat(content).say("he has a knife")
    assert "[danger_noticed]" in chat.text
    assert "Q danger_now" in chat.press("<carry_on>").text
    chat = at_review(content).say("? he has a knife missing")
    assert "[danger_noticed]" in chat.text
    assert "[danger_noticed]" in chat.say("? missing").text
    assert looked(chat.press("<carry_on>")) == Find("he has a knife missing", "north")


def test_no_more_of_a_question_is_looked_up_than_anybody_asks() -> None:
    assert looked(at_review().say("?" + "m" * 999)) == Find("m" * LONGEST, "north")


@pytest.mark.parametrize("text", ["", "?", "??? \n?", "?!", "missing", "2?", "missing?"])
def test_what_does_not_begin_with_a_question_mark_asks_nothing(text: str) -> None:
    assert query_in(text) == ""


@pytest.mark.parametrize("text", ["?missing", " ? missing", "?? missing ", "?\nmissing"])
def test_what_stands_behind_the_question_mark_is_asked(text: str) -> None:
    assert query_in(text) == "missing"


def test_a_word_for_everywhere_behind_a_question_mark_is_looked_up() -> None:
    assert looked(at_review().say("? delete")) == Find("delete", "north")


def test_people_who_work_with_children_have_the_button_all_along() -> None:
    worker = Chat().start().press("No", "North", "Professional")
    assert worker.labels == ["Yes", "No", "Not sure", "<back>", "<look_up>"]
    assert "<look_up>" not in Chat().start().press("No", "North", "Public").labels
    assert sorted(PROFESSIONALS) == ["professional", "social_worker"]


def test_guidance_may_be_forwarded_but_not_from_an_anonymous_conversation() -> None:
    def protected(chat: Chat) -> bool:
        (screen,) = chat.say("? missing").reply.screens
        assert screen.kind is ScreenKind.QUESTION
        empty = chat.say("? bus times").reply.screens[0].protect
        assert screen.protect is empty
        return screen.protect

    assert not protected(Chat().start())
    assert not protected(Chat().start().press("No", "Elsewhere", "Public"))  # it is over
    assert protected(Chat().start().press("No", "North", "Public"))
    assert not protected(Chat().start().press("No", "North", "Professional"))
    assert not protected(Chat().start().press("No", "North", "Public", "Yes"))  # it is named


ASKING = [
    "is lado involved",
    "what is macse",
    "whats macse",
    "who's the lado",
    "how long does it take",
    "Can I film it",
    "where do i send the form",
    "she may?",
]
TELLING = [
    "when dad is drunk he hits",
    "what happened is bad",
    "how he treats her",
    "is it so " + "m" * QUESTION,
    "he has a knife is that bad?",
]


@pytest.mark.parametrize("text", ASKING)
@pytest.mark.parametrize("name", ["a choice in a call", "a tick", "a number", "a date", "a gate"])
def test_a_question_in_a_form_is_told_how_it_is_looked_up(name: str, text: str) -> None:
    chat = state(name).say(text)
    note, _, question = chat.text.removeprefix(f"{HEADER}\n\n").partition("\n[look_up_so]\n\n")
    assert note
    assert question
    assert "[words_later]" not in chat.text
    assert (chat.present.told, chat.present.misses, chat.effects) == ("", 1, ())


@pytest.mark.parametrize("text", TELLING)
def test_what_tells_something_in_a_form_is_kept_as_before(text: str) -> None:
    chat = state("a choice in a call")
    chat.catalogue = replace(
        chat.catalogue, danger=compile_danger([Sign("knife", ("has a knife",))])
    )
    chat.say(text)
    if "[danger_noticed]" in chat.text:
        chat.press("<carry_on>")
    assert "[words_later]" in chat.text
    assert "[look_up_so]" not in chat.text


@pytest.mark.parametrize("text", ["yes?", "what", "maybe", "not sure?"])
def test_a_word_with_a_question_mark_is_no_question_to_look_up(text: str) -> None:
    assert "[look_up_so]" not in state("a number").say(text).text


def test_what_is_no_longer_than_a_question_may_be_one() -> None:
    begin = "is it "
    longest = begin + "m" * (QUESTION - len(begin))
    assert asks_here(catalogue(), longest)
    assert not asks_here(catalogue(), longest + "m")
