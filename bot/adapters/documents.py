"""The paper that a person reads: a tagged PDF of a submission, drawn by typst from one template.

The compiler itself checks PDF/UA-1. If that check fails, the paper is printed untagged and the
operator is told; if nothing can be printed, the mail goes without: its text and submission.json
say everything.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import typst

from bot.adapters.glyphs import FONTS, UNSHOWN, language, shown
from bot.core.mail import Document
from bot.core.mail_text import clean
from bot.core.paper import Paper
from bot.core.spoken import without_weekday

TEMPLATE: Final = Path(__file__).with_name("paper.typ")
_SPOKEN: Final = ("label", "said")  # fields whose language and direction are told by their letters
_LONG_WORD: Final = re.compile(r"\S{30}(?=\S)")
_BREAK: Final = "\u200b"  # where a word too long for the page may be broken


class PdfPrinter:
    """`intake.Printer`. `alarm` gets a code when the paper is not what it should be."""

    def __init__(self, alarm: Callable[[str], None], template: Path = TEMPLATE) -> None:
        self._alarm = alarm
        self._template = str(template)
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
        )
        self._compiler = typst.Compiler(font_paths=fonts, root=str(template.parent))
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="paper")

    def close(self) -> None:
        """End the thread; what is being printed is finished first."""
        self._thread.shutdown()

    async def print(self, paper: Paper) -> Document | None:
        """`<reference>.pdf`, made off the event loop; None when nothing could be printed."""
        loop = asyncio.get_running_loop()
        pdf = await loop.run_in_executor(self._thread, self._pdf, paper)
        if pdf is None:
            self._alarm("paper_not_printed")
            return None
        content, accessible = pdf
        if not accessible:
            self._alarm("paper_not_accessible")
        return Document(f"{paper.reference}.pdf", "application/pdf", content)

    def _pdf(self, paper: Paper) -> tuple[bytes, bool] | None:
        """The bytes, and whether they passed the check of PDF/UA-1."""
        words = {"paper": json.dumps(_printable(paper))}
        for accessible in (True, False):
            try:
                made = self._compiler.compile(
                    input=self._template,
                    format="pdf",
                    sys_inputs=words,
                    pdf_standards="ua-1" if accessible else [],
                    timestamp=_noon(paper.day),
                    pdf_tags=accessible,
                )
            except Exception:  # noqa: BLE001, S112 - whatever it is, the report must still go
                continue
            if isinstance(made, bytes):
                return made, accessible
        return None


def _noon(day: str) -> datetime:
    """The only time that the file knows: noon of the day, as in the mail."""
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)


def _printable(paper: Paper) -> dict[str, Any]:
    """What the template reads: every text as it can be shown, with its language and direction."""
    counted: list[int] = []

    def printable(value: Any, name: str = "") -> Any:  # noqa: ANN401 - any part of a paper
        match value:
            case str() if name in _SPOKEN:
                spoken, direction = language(value)
                return {"text": printable(value), "lang": spoken, "dir": direction}
            case str():
                text, missing = shown(clean(value))
                counted.append(missing)
                return _LONG_WORD.sub(rf"\g<0>{_BREAK}", text)
            case dict():
                return {key: printable(part, key) for key, part in value.items()}
            case list() | tuple():
                return [printable(part) for part in value]
            case _:
                return value

    found: dict[str, Any] = printable(asdict(paper))
    day = datetime.fromisoformat(paper.day)
    found |= {"year": day.year, "month": day.month, "of_month": day.day, "mark": UNSHOWN}
    return found | {"day": without_weekday(date.fromisoformat(paper.day)), "unshown": sum(counted)}
