"""Random dialogs and the shipped ones, walked with random inputs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.catalogue import Catalogue
from bot.core.dialog import (
    Call,
    Check,
    Choice,
    Decide,
    Dialog,
    End,
    Outcome,
    Repeat,
    Step,
    Tell,
    Tick,
)
from bot.core.emergency import DIAL_999
from bot.core.facts import Fact, FactType
from bot.core.text import Template
from bot.core.turn import Begin, Input, Media, MediaKind, Press, Say
from bot.loading.load import load_catalogue
from tests.core.chat import CODE, OTHER_CODE, PAUSE_CODE, RECEIPT, Chat
from tests.core.little import SIGNS, WORDS, catalogue
from tests.core.writing import ask, dialog, to

ROOT = Path(__file__).parents[2]
PROMPT = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

# ---- random dialogs: steps lead onward only, calls and repeats lead to later dialogs ----

CHOICE = Fact("choice", FactType.CHOICE, ("yes", "no"), unsure=True)
NUMBER = Fact("number", FactType.WHOLE_NUMBER, minimum=0, maximum=17, unsure=True)
DATE = Fact("date", FactType.DATE)
SHORT = Fact("short", FactType.SHORT_TEXT)
LONG = Fact("long", FactType.LONG_TEXT)
FACTS = (CHOICE, NUMBER, DATE, SHORT, LONG)
CONDITIONS = (
    "choice is yes",
    "choice is no or unsure",
    "number < 13 or unsure",
    "at least 1 of all",
    "none of all",
)
KINDS = ("choice", "number", "date", "short", "long", "tick", "tell", "lead", "check", "decide")


@st.composite
def contents(draw: st.DrawFn) -> Catalogue:
    """A content of up to four dialogs with up to six steps each."""
    count = draw(st.integers(1, 4))
    made = [_dialog(draw, index, count) for index in range(count)]
    base = catalogue(*made, training=draw(st.booleans()))
    shut = draw(st.sampled_from([{}, {"police": ("why",)}]))
    return replace(base, closed=shut)


def _id(index: int) -> str:
    return f"common/d{index}" if index else "common/start"


def _dialog(draw: st.DrawFn, index: int, count: int) -> Dialog:
    later = list(range(index + 1, count))
    kinds = KINDS + (("call", "repeat") if later else ())
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=6))
    names = [f"s{n}" for n in range(len(chosen))] + ["over"]
    steps = []
    for at, kind in enumerate(chosen):
        other = draw(st.lists(st.sampled_from(CONDITIONS), max_size=2))
        onward = [f"{c} > {draw(st.sampled_from(names[at + 1 :]))}" for c in other]
        called = _id(draw(st.sampled_from(later))) if later else ""
        steps.append(replace(_step(kind, names[at], called), next=to(*onward, names[at + 1])))
    outcome = Outcome.RETURN if index else draw(st.sampled_from([Outcome.FINISH, Outcome.SEND]))
    end = End(id="over", outcome=outcome, text=Template("Over {long} {choice}."))
    return dialog(_id(index), *steps, end, facts=FACTS[2:], title="Odd {dialog}")


def _step(kind: str, name: str, called: str) -> Step:
    facts = {fact.id: fact for fact in FACTS}
    if kind in facts:
        return replace(ask(facts[kind], skip="" if kind == "number" else "Leave"), id=name)
    body = Template(f"{kind} {{choice}} {{short}}")
    several = Fact(f"list_{name}", FactType.LIST, item=called, at_most=2)
    steps: dict[str, Step] = {
        "tick": replace(SIGNS, id=name),
        "tell": Tell(id=name, text=body, button="Go on"),
        "lead": Tell(id=name, text=body),
        "check": Check(id=name, text=body, ok="Fine", giveaway=True),
        "decide": Decide(id=name, rules="north/rules"),
        "call": Call(id=name, dialog=called),
        "repeat": Repeat(
            id=name, fact=several, dialog=called, first=body, another=body, yes="One", no="None"
        ),
    }
    return steps[kind]


# ---- random inputs ----


@dataclass(frozen=True)
class Tap:
    """A press on the present screen (`back` screens ago), on whatever button is there."""

    index: int
    back: int = 0


@dataclass(frozen=True)
class Wait:
    minutes: int


every_word = [
    *WORDS.by_word,
    CODE,
    OTHER_CODE,
    PAUSE_CODE,
    "1 3",
    "2?",
    "1 done",
    "14",
    "1/2/2026",
]
words = st.one_of(
    st.sampled_from(every_word),
    st.integers(-1, 30).map(str),
    st.text(max_size=20),
    st.text(st.characters(categories=("Cs", "Cc", "Cf", "Lo")), max_size=8),
    st.sampled_from(["x" * 3000, "🦊" * 3000, "my daughter 07700 900123 " * 8, "7" * 5000]),
)
inputs = st.one_of(
    st.builds(Tap, st.integers(0, 9), st.sampled_from([0, 0, 0, 1, 2])),
    st.builds(Tap, st.integers(0, 3)),
    st.builds(Say, words),
    st.builds(Say, words),
    st.builds(Wait, st.sampled_from([1, 14, 16, 31, -5])),
    st.sampled_from([Begin(), Begin("north"), Begin("?"), Media(MediaKind.VOICE), Say("answers")]),
)
plays = st.lists(inputs, min_size=1, max_size=40)


def play(content: Catalogue, given_: list[Tap | Wait | Input], *, carry: bool = False) -> Chat:
    """The chat after these inputs. `Chat` checks every reply and reads every session back."""
    chat = Chat(content, opens={OTHER_CODE: RECEIPT}, carry=carry)
    chat.start()
    for one in given_:
        match one:
            case Wait(minutes):
                chat.wait(minutes)
            case Tap(index, back):
                buttons = chat.reply.screens[-1].buttons
                option = buttons[index % len(buttons)].option if buttons else str(index)
                chat.take(Press(chat.reply.turn - back, option))
            case _:
                chat.take(one)
    return chat


def check(content: Catalogue, given_: list[Tap | Wait | Input]) -> None:
    one, two = play(content, given_), play(content, given_, carry=True)
    assert one.reply == two.reply
    assert one.sent == two.sent
    assert (one.session and one.session.dump()) == (two.session and two.session.dump())
    before = one.session
    one.say("999")
    assert one.text == DIAL_999
    if before is not None and one.session is not None:
        assert one.session.answers == before.answers


@PROMPT
@given(contents(), plays)
def test_random_dialogs_hold_whatever_a_person_does(
    content: Catalogue, given_: list[Tap | Wait | Input]
) -> None:
    check(content, given_)


@cache
def shipped() -> Catalogue:
    return load_catalogue(ROOT)


BUTTONS = st.builds(Tap, st.integers(0, 9))
SHIPPED = st.one_of(BUTTONS, BUTTONS, BUTTONS, inputs)


@PROMPT
@given(st.lists(SHIPPED, min_size=20, max_size=80))
def test_the_shipped_dialogs_hold_whatever_a_person_does(given_: list[Tap | Wait | Input]) -> None:
    check(shipped(), given_)


@PROMPT
@given(st.lists(st.integers(0, 9), min_size=30, max_size=80), st.sampled_from(["999", "Danger!"]))
def test_the_shipped_dialogs_show_999_at_every_step(taps: list[int], word: str) -> None:
    chat = Chat(shipped()).start()
    for index in taps:
        before = chat.asks
        assert chat.say(word).text == DIAL_999
        assert chat.press("Carry on").asks == before
        buttons = chat.reply.screens[-1].buttons
        if not buttons or chat.reply.screens[-1].typed:
            chat.say("14")
        else:
            chat.take(Press(chat.reply.turn, buttons[index % len(buttons)].option))


def test_the_random_dialogs_have_every_kind_of_step() -> None:
    kinds = {type(_step(kind, "s", "common/start")) for kind in (*KINDS, "call", "repeat")}
    assert len(kinds) == 7
    assert all(Choice(mark.value, mark.label) == mark for mark in SIGNS.marks)
    assert isinstance(_step("tick", "s", ""), Tick)
