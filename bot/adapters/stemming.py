"""Endings taken off English words, so that `refers`, `referred` and `referral` are one.

Light on purpose: it only has to do the same to a question and to a passage.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# Words that the endings below would join to another, or keep apart from their own.
_AS_THEY_ARE: Final = {
    "meeting": "meeting",  # a conference, and not meeting a man
    "meetings": "meeting",
    "traffic": "traffick",
    "refered": "refer",
    "refering": "refer",
}
_VOWEL: Final = re.compile("[aeiouy]")
_SHORTEST: Final = 4
_LAST: Final = (  # an ending, how long the word must be to lose it, what stands there instead
    ("ly", 6, ""),
    ("ity", 7, ""),
    ("abil", 6, "abl"),
    ("ral", 7, "r"),
    ("rr", 4, "r"),
    ("ation", 8, ""),
    ("ment", 8, ""),
    ("ure", 8, ""),
    ("ous", 8, ""),
    ("sion", 7, "s"),
    ("tion", 7, "t"),
    ("e", 4, ""),
    ("at", 7, ""),
    ("y", 4, "i"),
)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word in small letters without its ending; words with digits and short ones as they are."""
    if found := _AS_THEY_ARE.get(word):
        return found
    if len(word) < _SHORTEST or not word.isalpha():
        return word
    word = _of_one(word)
    for ending in ("ing", "ed"):
        if word.endswith(ending) and _stands_alone(word[: -len(ending)]):
            word = _undoubled(word[: -len(ending)])
            break
    for ending, least, instead in _LAST:
        if len(word) >= least and word.endswith(ending):
            word = word[: -len(ending)] + instead
    return word


def _of_one(word: str) -> str:
    if word.endswith("ies") and len(word) > _SHORTEST:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _stands_alone(rest: str) -> bool:
    return len(rest) >= _SHORTEST - 1 and _VOWEL.search(rest) is not None


def _undoubled(word: str) -> str:
    twice = len(word) >= _SHORTEST and word[-1] == word[-2] and word[-1] not in "lsz"
    return word[:-1] if twice else word
