from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.pages import LONGEST, pages, split, units, urgent_page
from bot.core.emergency import DIAL_999
from bot.core.turn import Button, Reply, Screen, ScreenKind
from bot.errors import BotError


def test_each_button_has_a_row_and_carries_its_turn() -> None:
    screen = Screen("Text", (Button("0", "Yes"), Button("1", "No")))
    (page,) = pages(Reply((screen,), 12))
    assert page.params() == {
        "text": "Text",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {
            "inline_keyboard": [
                [{"text": "Yes", "callback_data": "12.0"}],
                [{"text": "No", "callback_data": "12.1"}],
            ]
        },
    }
    assert page.protect


@pytest.mark.parametrize(
    ("kind", "data"), [(ScreenKind.URGENT, "3.0.u"), (ScreenKind.CODE, "3.0.c")]
)
def test_999_and_codes_are_marked_and_never_protected(kind: ScreenKind, data: str) -> None:
    (page,) = pages(Reply((Screen("T", (Button("0", "Go"),), kind, protect=True),), 3))
    assert not page.protect
    assert page.params()["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == data


def test_callback_data_over_64_bytes_are_refused() -> None:
    with pytest.raises(BotError) as error:
        pages(Reply((Screen("T", (Button("x" * 70, "Go"),)),), 3))
    assert error.value.code == "callback_too_long"


def test_a_long_text_is_split_between_paragraphs_with_buttons_on_the_last() -> None:
    text = "\n\n".join(f"{i} " + "x" * 1500 for i in range(5))
    screen = Screen(text, (Button("0", "Go"),))
    parts = pages(Reply((screen,), 1))
    assert [p.text[0] for p in parts] == ["0", "2", "4"]
    assert [bool(p.keyboard) for p in parts] == [False, False, True]
    assert "\n\n".join(p.text for p in parts) == text


@given(st.text(alphabet="a 🐢\n", max_size=40), st.integers(1, 700))
def test_every_piece_fits_and_nothing_is_lost(text: str, times: int) -> None:
    pieces = split(text * times)
    assert all(units(piece) <= LONGEST for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join((text * times).split())


def test_the_999_page_is_the_constant_text_with_one_button() -> None:
    page = urgent_page()
    assert page.text == DIAL_999
    assert page.params()["reply_markup"]["inline_keyboard"] == [
        [{"text": "Carry on", "callback_data": "0.on.u"}]
    ]
