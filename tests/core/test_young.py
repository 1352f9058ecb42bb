"""In a child's way only what was written for a child too is told or named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalogue import Catalogue
from bot.core.facts import YOUNG
from bot.core.found import is_young
from bot.core.guidance import Answer, Found, Passage, for_young
from bot.core.hosted import with_found
from bot.core.session import Session
from bot.core.turn import Find
from bot.core.turning import show
from bot.core.walk import replay
from tests.core.chat import Chat
from tests.core.little import PASSAGES, ROUTES, catalogue, one_dialog
from tests.core.writing import ask, choice

A, B, C, D = (replace(one, young=n in {0, 2}) for n, one in enumerate(PASSAGES))


def told(*passages: Passage) -> Found:
    return Found(told=tuple(Answer(one, 1.0) for one in passages))


def perhaps(*passages: Passage) -> Found:
    return Found(perhaps=told(*passages).told)


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (told(A, B, C, D), told(A, C)),
        (told(B, A, C), perhaps(A, C)),
        (told(B, D), Found()),
        (perhaps(B, C), perhaps(C)),
        (perhaps(B, D), Found()),
        (Found(), Found()),
    ],
)
def test_only_what_was_written_for_a_child_is_shown_to_one(found: Found, shown: Found) -> None:
    assert for_young(found) == shown


def young_content() -> Catalogue:
    role = choice("role", "public", YOUNG)
    return one_dialog(ask(role, "note"), ask(choice("note")), facts=(role,))


@pytest.mark.parametrize(("role", "young"), [(YOUNG, True), ("public", False)])
def test_who_says_to_be_a_child_is_looked_up_for_as_one(role: str, young: bool) -> None:  # noqa: FBT001
    chat = Chat(young_content()).start().press(role.capitalize())
    (effect,) = chat.say("? missing").effects
    assert effect == Find("missing", "", young)


def screen(found: Found, role: str) -> str:
    chat = Chat(young_content()).start().press(role.capitalize())
    (shown,) = show(chat.catalogue, with_found(chat.present, found)).screens
    return shown.text


@pytest.mark.parametrize(
    ("found", "role", "name"),
    [
        (Found(), YOUNG, "not_found_young"),
        (perhaps(A), YOUNG, "not_sure_young"),
        (Found(), "public", "not_found"),
        (perhaps(A), "public", "not_sure"),
    ],
)
def test_a_child_who_finds_nothing_reads_words_of_their_own(
    found: Found, role: str, name: str
) -> None:
    assert f"[{name}]" in screen(found, role)


@pytest.mark.parametrize(
    ("sent", "young"), [(("council",), True), (("police", "gone"), False), ((), False)]
)
def test_after_sending_the_way_it_went_says_who_it_was(sent: tuple[str, ...], young: bool) -> None:  # noqa: FBT001
    council = replace(ROUTES["council"], link=(("asking", YOUNG),))
    content = replace(catalogue(), routes={**ROUTES, "council": council})
    session = Session(content.edition, content.root, sent=sent)
    assert is_young(content, session, replay(content, session)) is young
