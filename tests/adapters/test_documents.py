"""The printed paper, read back by poppler, which we did not write."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.documents import TEMPLATE, PdfPrinter
from bot.adapters.glyphs import UNSHOWN, covered, language, shown
from bot.core.paper import Paper
from bot.core.submission import AnswerLine
from tests.adapters.openers import needs, run
from tests.core.test_mail import SUBMISSION
from tests.core.test_paper import made

EUROPE = "Zażółć gęślą jaźń, ștreang, Ðð Þþ Őő Ññ Ŵŵ Ẁẁ, Ελλάδα, Київ, ẞ ß, ﬁ"
SCRIPTS = {
    "bengali": "সে প্রতি মঙ্গলবার স্কুলের বাইরে আসে।",
    "urdu": "وہ ہر منگل کو سکول کے باہر آتا ہے۔",
    "arabic": "يأتي كل ثلاثاء إلى المدرسة",
    "gurmukhi": "ਉਹ ਹਰ ਮੰਗਲਵਾਰ ਸਕੂਲ ਦੇ ਬਾਹਰ ਆਉਂਦਾ ਹੈ।",
    "gujarati": "તે દર મંગળવારે શાળાની બહાર આવે છે.",
    "tamil": "அவர் ஒவ்வொரு செவ்வாய்க்கிழமையும் பள்ளிக்கு வருகிறார்.",
}


@pytest.fixture
def alarms() -> list[str]:
    return []


@pytest.fixture
def printer(alarms: list[str]) -> Iterator[PdfPrinter]:
    found = PdfPrinter(alarms.append)
    yield found
    found.close()


def saying(text: str) -> Paper:
    """A paper with this one answer."""
    return made(
        replace(SUBMISSION, answers=(AnswerLine("common/information.what", "What?", text),))
    )


async def printed(printer: PdfPrinter, sheet: Paper, folder: Path) -> Path:
    document = await printer.print(sheet)
    assert document is not None
    assert (document.name, document.media_type) == (f"{sheet.reference}.pdf", "application/pdf")
    path = folder / document.name
    path.write_bytes(document.content)
    return path


def read(path: Path) -> str:
    needs("pdftotext", package="poppler-utils")
    return run("pdftotext", "-layout", path, "-").decode()


def about(path: Path) -> dict[str, str]:
    needs("pdfinfo", package="poppler-utils")
    pairs = (line.partition(":") for line in run("pdfinfo", path).decode().splitlines())
    return {name: value.strip() for name, _, value in pairs}


async def test_the_paper_is_tagged_titled_and_dated_to_the_day(
    printer: PdfPrinter, alarms: list[str], tmp_path: Path
) -> None:
    path = await printed(printer, made(training=True), tmp_path)
    found = about(path)
    assert alarms == []
    assert found["Tagged"] == "yes"
    assert found["Title"] == "Information for a CSE 1 referral, reference K7QF-2M9D"
    assert "00:00:00 2026" in found["CreationDate"]
    assert b"/Lang(en-GB)" in path.read_bytes()
    assert b"pdfuaid:part" in path.read_bytes()


async def test_every_font_is_in_the_file(printer: PdfPrinter, tmp_path: Path) -> None:
    path = await printed(printer, saying(" ".join(SCRIPTS.values())), tmp_path)
    fonts = run("pdffonts", path).decode().splitlines()[2:]
    assert len(fonts) >= 6
    assert all(line.split()[-5] == "yes" for line in fonts)


async def test_the_paper_says_what_the_person_said(printer: PdfPrinter, tmp_path: Path) -> None:
    text = read(await printed(printer, made(training=True), tmp_path))
    order = ["TRAINING", "Information for", "First", "Who should act", "What have you seen?"]
    places = [text.index(part) for part in (*order, "An off-licence", "What the rules make of it")]
    assert places == sorted(places)


async def test_what_looks_like_markup_is_printed_as_it_is(
    printer: PdfPrinter, tmp_path: Path
) -> None:
    said = '#panic("x") *bold* _it_ $x^2$ @ref <tag> // no \\ `code` = h'
    assert said in read(await printed(printer, saying(said), tmp_path))


@pytest.mark.parametrize("name", SCRIPTS)
async def test_each_script_has_letters_for_all_it_says(name: str) -> None:
    assert shown(SCRIPTS[name]) == (SCRIPTS[name], 0)


def test_all_letters_of_europe_are_there() -> None:
    assert shown(EUROPE) == (EUROPE, 0)
    latin = {chr(point) for point in (*range(0x20, 0x7F), *range(0xA1, 0x180))}
    assert latin <= covered()


async def test_a_character_that_cannot_be_printed_is_flagged(
    printer: PdfPrinter, tmp_path: Path
) -> None:
    text = read(await printed(printer, saying("he sent 😀 and 漢"), tmp_path))
    assert "2 characters could not be printed" in text
    assert f"he sent {UNSHOWN} and {UNSHOWN}" in text
    assert "could not be printed" not in read(await printed(printer, saying("hello"), tmp_path))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وہ", ("ur", "rtl")),
        ("12 সে", ("bn", "ltr")),
        ("ਉਹ", ("pa", "ltr")),
        ("તે", ("gu", "ltr")),
        ("அவர்", ("ta", "ltr")),
        ("Zażółć", ("en", "ltr")),
        ("", ("en", "ltr")),
    ],
)
def test_a_line_is_read_in_the_language_of_its_first_letter(
    text: str, expected: tuple[str, str]
) -> None:
    assert language(text) == expected


async def test_a_long_word_does_not_run_off_the_page(printer: PdfPrinter, tmp_path: Path) -> None:
    word = "https://example.com/" + "a" * 400
    text = read(await printed(printer, saying(word), tmp_path))
    assert text.count("a" * 30) >= 13
    assert max(map(len, text.splitlines())) < 130


async def test_the_longest_report_is_printed_whole(printer: PdfPrinter, tmp_path: Path) -> None:
    lines = tuple(
        AnswerLine(f"common/information.q{n}", f"Question {n}?", f"Answer {n}. " + "word " * 600)
        for n in range(40)
    )
    text = read(await printed(printer, made(replace(SUBMISSION, answers=lines)), tmp_path))
    assert all(f"Answer {n}." in text for n in range(40))


async def test_equal_papers_are_equal_bytes(printer: PdfPrinter) -> None:
    assert await printer.print(made()) == await printer.print(made())


async def test_it_is_drawn_on_a_thread_of_its_own(
    printer: PdfPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []
    draw = printer._pdf

    def watched(sheet: Paper) -> tuple[bytes, bool] | None:
        names.append(threading.current_thread().name)
        return draw(sheet)

    monkeypatch.setattr(printer, "_pdf", watched)
    await printer.print(made())
    assert [name.split("_")[0] for name in names] == ["paper"]


async def test_a_paper_that_fails_the_check_is_printed_untagged_and_told(
    alarms: list[str], tmp_path: Path
) -> None:
    lines = TEMPLATE.read_text("utf-8").splitlines()
    untitled = [line for line in lines if not line.startswith("#set document")]
    (tmp_path / "paper.typ").write_text("\n".join(untitled), "utf-8")
    printer = PdfPrinter(alarms.append, tmp_path / "paper.typ")
    try:
        path = await printed(printer, made(), tmp_path)
    finally:
        printer.close()
    assert alarms == ["paper_not_accessible"]
    assert about(path)["Tagged"] == "no"
    assert "An off-licence" in read(path)


async def test_what_cannot_be_printed_at_all_is_told(alarms: list[str], tmp_path: Path) -> None:
    (tmp_path / "paper.typ").write_text("#panic()", "utf-8")
    printer = PdfPrinter(alarms.append, tmp_path / "paper.typ")
    try:
        assert await printer.print(made()) is None
    finally:
        printer.close()
    assert alarms == ["paper_not_printed"]
