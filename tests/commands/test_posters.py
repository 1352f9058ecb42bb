"""`poster`: a page to hang up, and what is said when it cannot be printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import segno

from bot.adapters import poster as adapter
from bot.adapters.poster import BORDER, code_of
from bot.commands import DONE, NOT_NOW, WRONG_USE
from bot.commands.posters import _words
from bot.core.catalogue import Catalogue
from bot.core.emergency import HEADER
from bot.loading.load import load_catalogue
from tests.commands.conftest import Run

ROOT = Path(__file__).parents[2]
ONE = ("poster", "--area", "wirral", "--route", "wirral_intelligence")
LINK = "https://t.me/the_bot?start=r-wirral_intelligence"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT)


def test_a_poster_is_printed_on_one_page_and_its_link_is_told(run: Run, folder: Path) -> None:
    told = run(*ONE, "--json", BOT_USERNAME="@the_bot")
    assert told.code == DONE
    assert told.json == {"file": "poster-wirral_intelligence.pdf", "link": LINK}
    page = (folder / "poster-wirral_intelligence.pdf").read_bytes()
    assert page.startswith(b"%PDF")
    assert page.count(b"/Type /Page\n") + page.count(b"/Type/Page/") + page.count(b"/Count 1") >= 1
    assert b"/Count 2" not in page
    assert run(*ONE, "--out", "here.pdf", BOT_USERNAME="the_bot").out == f"here.pdf\n{LINK}\n"


def test_the_code_holds_the_link_and_can_be_read_when_a_quarter_is_dirty() -> None:
    wanted = segno.make(LINK, error="q", micro=False)
    assert wanted.error == "Q"
    assert f'd="M{BORDER} {BORDER}.5' in code_of(LINK)
    drawn = code_of(LINK).partition('d="')[2].partition('"')[0]
    assert drawn in wanted.svg_inline(border=BORDER)
    assert drawn not in code_of(LINK + "x")


def test_999_stands_first_and_the_page_says_what_the_code_opens(catalogue: Catalogue) -> None:
    route = catalogue.routes["wirral_intelligence"]
    words = _words(catalogue, "wirral", route, "the_bot")
    assert words["urgent"] == HEADER
    assert "PRACTICE ONLY" in words["training"]
    assert "@the_bot" in words["opens"]
    assert "0151 606 2008" in words["people"]
    assert "You need not say who you are." in words["below"]
    named = _words(catalogue, "wirral", catalogue.routes["wirral_cadt"], "the_bot")
    assert "You need not say who you are." not in named["below"]


def test_every_route_with_a_link_has_a_poster_of_one_page(
    catalogue: Catalogue, run: Run, folder: Path
) -> None:
    for route in catalogue.routes.values():
        if route.link:
            given = ("poster", "--area", route.area, "--route", route.id)
            assert run(*given, "--out", "p.pdf", BOT_USERNAME="the_bot").code == DONE
            assert b"/Count 2" not in (folder / "p.pdf").read_bytes()
            words = _words(catalogue, route.area, route, "the_bot")
            assert "Telegram stores the chat, and can know that you used it." in words["below"]


@pytest.mark.parametrize(
    ("area", "route", "title", "says"),
    [
        ("wirral", "wirral_intelligence", "Does something seem wrong?", "You can pass it on here"),
        ("wirral", "wirral_cadt", "Does something seem wrong?", "You can pass it on here"),
        ("wirral", "", "Does something seem wrong?", "You can pass it on here"),
        ("wirral", "wirral_young_person", "Is something not right?", "It is not your fault."),
        ("wirral", "wirral_cse2", "For people who work with children", "CSE 1 and CSE 2"),
        ("newham", "newham_mase", "For people who work with children", "The MASE panel"),
        ("newham", "newham_case_report", "For people who work with children", "monthly case"),
        ("newham", "newham_front_door", "Does something seem wrong?", "tells you whom to call"),
        ("newham", "", "Does something seem wrong?", "tells you whom to call"),
    ],
)
def test_a_poster_speaks_to_who_is_meant_and_promises_what_the_chat_does(
    catalogue: Catalogue, area: str, route: str, title: str, says: str
) -> None:
    words = _words(catalogue, area, catalogue.routes.get(route), "the_bot")
    assert (words["title"], says in words["text"]) == (title, True)
    assert ("pass it on here" in words["text"]) == ("pass it on here" in says)


def test_an_area_without_a_front_door_has_a_poster_with_the_other_numbers(
    catalogue: Catalogue,
) -> None:
    bare = replace(catalogue.areas["wirral"], front_door="")
    words = _words(replace(catalogue, areas={"wirral": bare}), "wirral", None, "the_bot")
    assert "0151" not in words["people"]
    assert "0808 800 5000" in words["people"]


@pytest.mark.parametrize("area", ["wirral", "newham"])
def test_every_area_has_a_poster_of_its_own_and_one_for_the_public(
    run: Run, catalogue: Catalogue, area: str
) -> None:
    told = run("poster", "--area", area, "--json", BOT_USERNAME="the_bot")
    assert told.json == {
        "file": f"poster-{area}.pdf",
        "link": f"https://t.me/the_bot?start={area}",
    }
    words = _words(catalogue, area, None, "the_bot")
    assert words["foot"].startswith(f"{catalogue.areas[area].name}. ")
    assert "You need not say who you are." not in words["below"]
    links = [dict(r.link) for r in catalogue.routes.values() if r.area == area]
    assert {"asking": "public"} in links


@pytest.mark.parametrize("name", ["", "bot", "the bot", "a/b/c/d"])
def test_without_the_bots_name_there_is_no_poster(run: Run, name: str) -> None:
    told = run(*ONE, BOT_USERNAME=name)
    assert told.code == WRONG_USE
    assert "BOT_USERNAME is needed" in told.err


@pytest.mark.parametrize(
    ("area", "route", "code"),
    [
        ("wirrel", "wirral_intelligence", "unknown_area"),
        ("wirral", "wirral_inteligence", "unknown_route"),
        ("newham", "wirral_intelligence", "unknown_route"),
        ("wirral", "wirral_police", "unknown_route"),
    ],
)
def test_a_wrong_area_or_route_is_named(run: Run, area: str, route: str, code: str) -> None:
    told = run("poster", "--area", area, "--route", route, "--json", BOT_USERNAME="the_bot")
    assert told.code == WRONG_USE
    assert told.json["error"]["code"] == code


def test_a_file_that_cannot_be_written_is_said_so(run: Run, folder: Path) -> None:
    told = run(*ONE, "--out", "nowhere/p.pdf", BOT_USERNAME="the_bot")
    assert told.code == WRONG_USE
    assert "--out" in told.err


def test_a_page_that_cannot_be_printed_is_said_so(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "TEMPLATE", folder / "none.typ")
    told = run(*ONE, BOT_USERNAME="the_bot")
    assert told.code == NOT_NOW
    assert list(folder.iterdir()) == []
