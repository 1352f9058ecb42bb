"""Words that may give the writer away: their own name, phone, "my daughter", where they work.

It only ever asks; it never changes or blocks what a person wrote.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask
from bot.core.facts import FactType
from bot.core.saying import heading
from bot.core.session import Said
from bot.core.walk import Visit

_PHONE: Final = re.compile(r"(?<!\w)(?:\+44|0)[\d ]{9,13}\d(?!\w)")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# Questions that ask for a number or a name on purpose.
_MEANT: Final = frozenset({"phones", "online", "callback", "contact"})


def found_words(catalogue: Catalogue, visits: tuple[Visit, ...]) -> str:
    """A line for each answer with such words, naming them and why; empty if there are none."""
    lines = []
    for visit in visits:
        step, answer = visit.step, visit.answer
        typed = isinstance(step, Ask) and step.fact.type in {
            FactType.SHORT_TEXT,
            FactType.LONG_TEXT,
        }
        if not typed or answer is None or answer.said is not Said.VALUE:
            continue
        meant = isinstance(step, Ask) and step.fact.id in _MEANT
        lines += [
            f"- {heading(visit)}: {hit}" for hit in _hits(catalogue, str(answer.value), meant)
        ]
    return "\n".join(lines)


def _hits(catalogue: Catalogue, text: str, meant: bool) -> list[str]:  # noqa: FBT001
    low = " ".join(text.casefold().replace("’", "'").split())
    hits = [
        f"“{phrase}” ({giveaway.why})"
        for giveaway in catalogue.giveaways
        for phrase in giveaway.phrases
        if phrase in low and re.search(rf"\b{re.escape(phrase)}\b", low)
    ]
    if not meant:
        hits += [
            f"“{found.group().strip()}”"
            for found in (*_PHONE.finditer(text), *_MAIL.finditer(text))
        ]
    return hits
