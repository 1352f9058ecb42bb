"""Pictures as PNG, drawn by typst's compiler from SVG, with the fonts that papers use."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final

import typst

from bot.adapters.glyphs import FONTS

TEMPLATE: Final = Path(__file__).with_name("picture.typ")
SHARPNESS: Final = 144.0  # pixels an inch: one and a half for each unit of the SVG


def png(svg: str) -> bytes:
    """The picture, the same for the same SVG."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    compiler = typst.Compiler(font_paths=fonts, root=str(TEMPLATE.parent))
    made = compiler.compile(
        input=str(TEMPLATE), format="png", ppi=SHARPNESS, sys_inputs={"picture": svg}
    )
    if not isinstance(made, bytes):  # one picture is one page
        raise TypeError
    return made


class DrawnPictures:
    """`gifts.Pictures`. `drawing` gives the SVG of a name, or None where there is none."""

    def __init__(self, drawing: Callable[[str], str | None]) -> None:
        self._drawing = drawing

    async def draw(self, name: str) -> bytes | None:
        """The picture as PNG, made off the event loop; None when it cannot be drawn."""
        return await asyncio.to_thread(self._png, name)

    def _png(self, name: str) -> bytes | None:
        drawn = self._drawing(name)
        if drawn is None:
            return None
        try:
            return png(drawn)
        except Exception:  # noqa: BLE001 - whatever it is, the conversation goes on without it
            return None
