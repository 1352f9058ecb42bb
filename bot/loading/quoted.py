"""Whether a home of the trace still says the words that are quoted from it: the same words, one
after the other, in one of its sentences, and nothing in front of them that takes them back.
"""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")
_DENIES: Final = ("not", "never", "no", "nobody", "nothing", "none", "cannot", "without", "hardly")
_TURNS: Final = frozenset((*_DENIES, "seldom", "rarely", "may", "might", "could"))
_SPARES: Final = frozenset(("unless", "except", "optional"))


def not_said(sentences: tuple[str, ...], piece: str) -> str:
    """What is wrong with a piece that one sentence alone should say; "" where nothing is."""
    match holding(sentences, piece):
        case ():
            return "is not said any more"
        case (sentence,):
            loose = _loosened(sentence, piece)
            return loose and f"is taken back by “{loose}”: quote that too, or say it plainly"
        case _:
            return "stands in several sentences: quote words of one alone"


def holding(sentences: tuple[str, ...], piece: str) -> tuple[str, ...]:
    """The sentences in which the words of a piece stand one after the other."""
    return tuple(one for one in sentences if _begins(one, piece) >= 0)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in small letters: what pieces are compared by."""
    return tuple(word.group() for word in _WORD.finditer(_plain(text)))


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _begins(sentence: str, piece: str) -> int:
    """Where the piece begins in the sentence, in characters; -1 where it does not stand there."""
    words, wanted = list(_WORD.finditer(_plain(sentence))), words_of(piece)
    for first, word in enumerate(words):
        if tuple(w.group() for w in words[first : first + len(wanted)]) == wanted:
            return word.start()
    return -1


def _loosened(sentence: str, piece: str) -> str:
    """A word in front of the piece, in the same part of the sentence, that turns it round or makes
    it a mere possibility, or one that makes an exception anywhere; else "".
    """
    before = re.split(r"[,;:()]", sentence[: _begins(sentence, piece)])[-1]
    turned = [word for word in words_of(before) if word in _TURNS or word.endswith("n't")]
    spared = [word for word in words_of(sentence) if word in _SPARES]
    return next((word for word in turned + spared if word not in words_of(piece)), "")
