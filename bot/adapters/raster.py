"""A picture as PNG, drawn by typst's compiler from SVG, with the fonts that papers use."""

from __future__ import annotations

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
