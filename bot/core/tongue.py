"""Words in another language than English, the only one that this chat understands. Only what is
plain counts: another script, or words and letters that English does not have.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")
_ENOUGH: Final = 2  # words: one may be a name
_LETTERS: Final = frozenset("ąćęłńśźżăâîșşțţčďěňřšťůžğıőű")
_WORDS: Final = re.compile(  # Polish, Romanian, Urdu in Latin letters: what people often ask with
    r"nie|jest|moja|moje|mój|moj|córka|corka|syn|dziecko|pomoc|pomocy|proszę|prosze|się|sie|jak"
    r"|gdzie|czy|potrzebuję|potrzebuje|kto|mnie|este|sunt|copil|copilul|fiica|fiul|meu|mea|ajutor"
    r"|nevoie|unde|rog|pentru|cine|vreau|mujhe|madad|chahiye|meri|mera|beti|beta|hai|kahan|kya"
    r"|nahi|nahin|kaun"
)


def other_tongue(text: str) -> bool:
    """Whether a text is plainly not English: most of its letters are of another script, or two of
    its words are of another language.
    """
    words = _WORD.findall(text.casefold())
    letters = "".join(words)
    if 2 * sum("LATIN" not in unicodedata.name(letter, "") for letter in letters) > len(letters):
        return True
    other = [w for w in words if _WORDS.fullmatch(w) or not _LETTERS.isdisjoint(w)]
    return len(other) >= _ENOUGH
