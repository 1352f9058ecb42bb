"""A poster to hang up: one A4 page with a QR code, printed by typst; the code is segno's."""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import segno
import typst

from bot.adapters.glyphs import FONTS
from bot.errors import BotError

TEMPLATE: Final = Path(__file__).with_name("poster.typ")
BORDER: Final = 4  # modules of white around the code: fewer, and telephones miss it


@dataclass(frozen=True, slots=True)
class Poster:
    """The words of a poster, top to bottom. `opens` says what the code opens, for who cannot see
    it; `address` is what it opens; `link` is the same to type.
    """

    urgent: str
    training: str
    title: str
    text: str
    address: str
    link: str
    opens: str
    below: str
    people_title: str
    people: str
    foot: str


def code_of(address: str) -> str:
    """The address as a QR code, in SVG; a quarter of it may be torn off or dirty."""
    drawn = io.BytesIO()
    segno.make(address, error="q", micro=False).save(
        drawn, kind="svg", border=BORDER, xmldecl=False, svgns=True, nl=False
    )
    return drawn.getvalue().decode()


def poster_pdf(poster: Poster) -> bytes:
    """The page. Raises BotError when it cannot be printed."""
    return _printed(poster, format="pdf", pdf_standards="ua-1")


def poster_png(poster: Poster, dots: int) -> bytes:
    """The same page as a picture, of so many dots an inch. Raises BotError likewise."""
    return _printed(poster, format="png", ppi=dots)


def _printed(poster: Poster, **how: Any) -> bytes:  # noqa: ANN401 - typst's own options
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    compiler = typst.Compiler(font_paths=fonts, root=str(TEMPLATE.parent))
    words = {"poster": json.dumps({**asdict(poster), "code": code_of(poster.address)})}
    try:
        made = compiler.compile(input=str(TEMPLATE), sys_inputs=words, **how)
    except Exception:  # noqa: BLE001 - whatever it is, there is no poster
        raise BotError("poster_not_printed") from None
    if not isinstance(made, bytes):
        raise BotError("poster_not_printed")
    return made
