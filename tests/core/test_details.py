"""After a tick screen, a few questions about each sign that is yes."""

from __future__ import annotations

from dataclasses import replace

from bot.core.dialog import Dialog
from bot.core.facts import Fact, FactType
from bot.core.handover import _line
from bot.core.lines import review_lines
from bot.core.saying import heading, item_of, reviewable
from bot.core.walk import Walk, replay
from tests.core.chat import Chat
from tests.core.little import DANGER, SIGNS, one_dialog
from tests.core.writing import ask, dialog, text, to

NOTED = Fact("noted", FactType.LIST, item="common/sign", at_most=26)
WHEN, SEEN = text("when"), text("seen")
SIGN = dialog(
    "common/sign",
    replace(ask(WHEN, "seen"), text=replace(ask(WHEN).text, source="When: {sign}?")),
    ask(SEEN, "done", skip="Leave out"),
    *(
        step
        for step in one_dialog(SIGNS).dialogs["common/person"].steps.values()
        if step.id == "done"
    ),
    facts=(WHEN, SEEN),
    title="Sign",
)


def ticked(*words: str) -> Chat:
    little = one_dialog(replace(SIGNS, details=NOTED, next=to("over")))
    main: Dialog = little.dialogs[little.root]
    own = replace(main, facts={**main.facts, "noted": NOTED})
    dialogs = {**little.dialogs, little.root: own, "common/sign": SIGN}
    return Chat(replace(little, dialogs=dialogs)).start().say(*words)


AGAIN = dialog(
    "common/sign",
    ask(WHEN, "sign_kind is harm, danger_now is no > danger_now", "done"),
    ask(DANGER, "done"),
    SIGN.steps["done"],
    facts=(WHEN,),
    title="Sign",
)


def of_kinds(*words: str, **kinds: str) -> Chat:
    """The same with signs of these kinds, where a sign of harm leads to danger again."""
    chat = ticked()
    dialogs = dict(chat.catalogue.dialogs)
    root = dialogs[chat.catalogue.root]
    tick = replace(SIGNS, details=NOTED, kinds=kinds, next=to("over"))
    steps = {"danger_now": ask(DANGER, "signs"), **root.steps, "signs": tick}
    dialogs |= {root.id: replace(root, steps=steps), "common/sign": AGAIN}
    return Chat(replace(chat.catalogue, dialogs=dialogs)).start().say(*words)


def test_only_a_sign_of_harm_leads_on_by_its_kind() -> None:
    chat = of_kinds("no", "1 2 3 done", "now", late="risk", cars="harm")
    assert "Q when" in chat.text
    chat.say("now", "now")
    assert "Q danger_now" in chat.text
    chat.say("yes")
    noted = walk(chat).facts["noted"]
    assert isinstance(noted, tuple)
    assert [item.get("sign_kind") for item in noted] == ["risk", None, "harm"]


def test_what_was_last_said_of_danger_is_what_counts_and_is_of_no_single_sign() -> None:
    chat = of_kinds("no", "1 3 done", "now", "not sure", "now", late="harm", cars="harm")
    assert "Over" in chat.text  # once it is no longer a no, it is not asked again
    assert walk(chat).facts["danger_now"] == "unsure"
    asked = [v for v in reviewable(walk(chat).visits) if v.step.id == "danger_now"]
    lines = [_line(chat.catalogue, visit) for visit in asked]
    assert [line.step for line in lines] == ["common/start.danger_now", "common/sign.danger_now"]
    assert [line.item for line in lines] == ["", ""]
    assert lines[1].question == "Out late: Q danger_now"


def walk(chat: Chat) -> Walk:
    return replay(chat.catalogue, chat.present)


def test_each_sign_that_is_yes_is_asked_about_by_its_name_and_no_other() -> None:
    chat = ticked("1 2? 3 done")
    assert "When: Out late?" in chat.text
    chat.say("now", "at the station")
    assert "When: Cars?" in chat.text
    chat.say("last week", "skip")
    assert "Over" in chat.text


def test_what_was_said_about_each_sign_is_kept_with_it() -> None:
    chat = ticked(
        "1 3 done",
    ).say("now", "at the station", "last week", "skip")
    assert walk(chat).facts["noted"] == (
        {"sign": "Out late", "sign_id": "late", "when": "now", "seen": "at the station"},
        {"sign": "Cars", "sign_id": "cars", "when": "last week"},
    )


def test_no_sign_no_questions_about_signs() -> None:
    for word in ("none", "i don't know"):
        chat = ticked(word)
        assert "Over" in chat.text
        assert walk(chat).facts["noted"] == ()


def test_a_sign_that_is_no_longer_sure_takes_its_answers_along() -> None:
    chat = ticked("1 3 done").say("now", "at the station", "last week", "skip")
    chat.say("answers", "1", "1?", "done")
    noted = walk(chat).facts["noted"]
    assert isinstance(noted, tuple)
    assert [item["sign_id"] for item in noted] == ["cars"]


def test_back_goes_through_the_questions_to_the_signs() -> None:
    chat = ticked("1 done").say("now", "back")
    assert "When: Out late?" in chat.text
    chat.say("back")
    assert "Which signs?" in chat.text


def test_the_review_and_the_report_say_which_sign_is_meant() -> None:
    chat = ticked("1 3 done").say("now", "skip", "last week", "a van")
    (_, late, _, cars, seen) = (visit for visit in reviewable(walk(chat).visits))
    assert [heading(v) for v in (late, cars)] == ["Out late: When: ?", "Cars: When: ?"]
    assert item_of(seen) == "Cars"
    lines = [_line(chat.catalogue, visit) for visit in (late, seen)]
    assert [line.step for line in lines] == ["common/sign#late.when", "common/sign#cars.seen"]
    assert [line.item for line in lines] == ["Out late", "Cars"]


def test_the_review_says_once_which_sign_the_lines_are_about() -> None:
    chat = ticked("1 3 done").say("now", "skip", "last week", "a van")
    lines = review_lines(chat.catalogue, reviewable(walk(chat).visits)).split("\n")
    assert lines == [
        "1. Which signs? yes",
        "",
        "2. Out late: When: ? now",
        "3. Q seen: <skipped>",
        "",
        "4. Cars: When: ? last week",
        "5. Q seen: a van",
    ]


def test_the_review_names_each_sign_that_is_not_described_below() -> None:
    chat = ticked("1 2? 3 done").say("now", "skip", "last week", "a van")
    visits = reviewable(walk(chat).visits)
    (first, *_) = review_lines(chat.catalogue, visits).split("\n")
    unsure = "<unsure>: Gifts"
    assert first == f"1. Which signs? yes; {unsure}"
    (first, *_) = review_lines(chat.catalogue, visits[:3]).split("\n")
    assert first == f"1. Which signs? yes; yes: Cars; {unsure}"
    assert review_lines(chat.catalogue, visits[:1]) == (
        f"1. Which signs? yes: Out late; yes: Cars; {unsure}"
    )
