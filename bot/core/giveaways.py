"""Words that may give the writer away: their own name, phone, "my daughter", where they work.

It only ever asks; it never changes or blocks what a person wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Manner
from bot.core.facts import WRITTEN
from bot.core.saying import heading
from bot.core.session import Said
from bot.core.walk import Visit

_PHONE: Final = re.compile(r"(?<!\w)(?:\+44|0)[\d ]{9,13}\d(?!\w)")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# Questions that ask for a number or a name on purpose.
_MEANT: Final = frozenset({"phones", "online", "callback", "contact"})


# Questions whose answers hold names that belong in the named part of a report alone.
_NAMING: Final = frozenset({"child_name", "callback"})
_NAME: Final = re.compile(r"\b[A-Z][A-Za-zà-ÿ'’-]+[a-zà-ÿ]\b")
_NO_NAMES: Final = frozenset(
    """The She Her His Him They Their There And Not Only This That What Who From Girl Boy Child
    Miss Mrs Number Road Street Avenue Lane Drive Close School College Please Mum Dad
    """.split()  # noqa: SIM905 - as plain words it can be read
)


def found_words(catalogue: Catalogue, visits: tuple[Visit, ...]) -> str:
    """A line for each answer with such words, naming them and why; empty if there are none.
    What was given as a name in the named part is looked for in the part without names.
    """
    names = frozenset(_names(visits))
    lines = []
    for visit in visits:
        step, answer = visit.step, visit.answer
        typed = isinstance(step, Ask) and step.fact.type in WRITTEN
        if not typed or answer is None or answer.said is not Said.VALUE:
            continue
        meant = isinstance(step, Ask) and step.fact.id in _MEANT
        lines += [
            f"- {heading(visit)}: {hit}" for hit in _hits(catalogue, str(answer.value), meant)
        ]
        if visit.dialog.manner is Manner.ANONYMOUS:
            again = dict.fromkeys(n for n in _NAME.findall(str(answer.value)) if n in names)
            lines += [f"- {heading(visit)}: “{name}” (a name you gave before)" for name in again]
    return "\n".join(lines)


def _names(visits: tuple[Visit, ...]) -> Iterator[str]:
    for visit in visits:
        if isinstance(visit.step, Ask) and visit.step.fact.id in _NAMING and visit.answer:
            said = _NAME.findall(str(visit.answer.value))
            yield from (name for name in said if name not in _NO_NAMES)


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
