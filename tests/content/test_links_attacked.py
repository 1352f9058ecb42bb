"""Links to the shipped bot as somebody who means harm would write them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.emergency import HEADER
from bot.core.engine import advance
from bot.core.links import LONGEST, facts_of, passage_of, to_route
from bot.core.turn import Begin
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
FIRST = "Is a child in danger right now?"


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


def opened(content: Catalogue, payload: str) -> str:
    turn = advance(content, None, Begin(payload), NOW)
    assert turn.effects == ()
    assert turn.session is not None
    assert turn.session.answers == {}
    assert turn.session.given == facts_of(content, payload)
    (screen,) = turn.reply.screens
    assert screen.text.startswith(HEADER)
    return screen.text


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "x" * 65,
        "x" * 100_000,
        "r-" * 40,
        "p-" + "a" * 70,
        "виррал",
        "wirral\u202e",
        "WIRRAL",
        "r-wirral_intelligence ",
        "r-p-wirral_missing",
        "p-r-wirral_intelligence",
        "p-no_such_passage",
        "r-no_such_route",
        "r-wirral",
        "elsewhere",
        "common",
        "danger_now",
        "../wirral",
        "{phones}",
        "role=professional",
    ],
)
def test_what_opens_nothing_shows_the_first_question(content: Catalogue, payload: str) -> None:
    assert facts_of(content, payload) == {}
    assert passage_of(content, payload) == ""
    assert FIRST in opened(content, payload)


def test_a_route_of_an_area_that_is_not_loaded_opens_nothing(content: Catalogue) -> None:
    newham = replace(content, areas={"newham": content.areas["newham"]})
    assert facts_of(newham, "r-wirral_intelligence") == {}
    assert facts_of(newham, "wirral") == {}
    assert FIRST in opened(newham, "r-wirral_intelligence")


def test_no_link_answers_danger_says_who_somebody_is_or_is_too_long(content: Catalogue) -> None:
    for route in content.routes.values():
        said = facts_of(content, to_route(route))
        assert not {"danger_now", "role", "callback", "child_identifiable"} & set(said)
        assert not route.link or len(to_route(route)) <= LONGEST
        assert FIRST in opened(content, to_route(route))


def test_every_passage_has_a_link_that_telegram_takes(content: Catalogue) -> None:
    for id_, passage in content.guidance.items():
        assert len(f"p-{id_}") <= LONGEST
        assert passage.title in opened(content, f"p-{id_}").replace("p-", "")


def test_a_route_whose_mailbox_is_closed_still_asks_about_danger_first(content: Catalogue) -> None:
    shut = replace(content, training=False, closed={"wirral_intelligence": ("mailbox",)})
    assert FIRST in opened(shut, "r-wirral_intelligence")
