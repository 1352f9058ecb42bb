"""An end that erases: a last screen with 999 above it, and nothing that was written is left."""

from __future__ import annotations

from dataclasses import replace

from bot.core.dialog import End, Outcome
from bot.core.emergency import HEADER
from bot.core.engine import advance
from bot.core.session import Answer, Said
from bot.core.text import Template
from bot.core.turn import Forget, Say, ScreenKind
from tests.core.chat import NOON, Chat
from tests.core.little import DANGER, one_dialog
from tests.core.writing import ask, text

GIVEN = Answer(Said.VALUE, "zq marker")


def told() -> Chat:
    little = one_dialog(
        ask(DANGER, "words"),
        ask(text("words"), "gone"),
        End(id="gone", outcome=Outcome.ERASE, text=Template("Erased.\n")),
    )
    return Chat(little).start().press("No")


def test_everything_is_forgotten_and_removed_from_the_chat() -> None:
    chat = told()
    turn = advance(chat.catalogue, chat.present, Say("zq marker"), NOON)
    assert turn.session is None
    assert turn.effects == (Forget(errands=True),)
    (screen,) = turn.reply.screens
    assert (screen.text, screen.buttons) == (f"{HEADER}\n\nErased.", ())
    assert screen.kind is ScreenKind.NOTICE
    assert turn.reply.clear


def test_a_screen_of_the_programs_own_holds_the_end_back() -> None:
    chat = told().say("answers")
    over = replace(chat.present, answers={**chat.present.answers, "words": GIVEN})
    turn = advance(chat.catalogue, over, Say("zq marker"), NOON)
    assert turn.session is not None
    assert not turn.reply.clear
