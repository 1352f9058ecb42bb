"""Every telephone number that a text names is on the list, so that a slip of one digit is found.

A wrong digit sends somebody who is frightened to a stranger. The list says whose each number is,
where it comes from and when it was last checked: rules/common/numbers.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.loading.checks.flow import Flow
from bot.loading.checks.texts_of import place_of
from bot.loading.checks.wording import all_texts
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place
from bot.loading.files import holding
from bot.loading.written_packs import TelephonesFile

_MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November"
_NUMBER: Final = re.compile(
    r"(?<![\w.:/@+-])(?:\+44 ?|0)[0-9](?: ?[0-9]){5,12}(?![\w-])"  # a whole number
    r"|\b116 ?[0-9]{3}\b|\b180[0-9]{2}\b"  # a helpline of Europe, a relay
    r"|(?<=\b(?:call|ring|dial|text) )[0-9]{2,6}\b(?! ?[0-9])"
    r"|(?<=\b(?:phone|press) )[0-9]{2,6}\b(?! ?[0-9])"
    rf"|(?<=\bon )[0-9]{{2,3}}\b(?! ?[0-9]| (?:{_MONTHS}|December)\b)",
    re.IGNORECASE,
)


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """Every text, the guidance and the notes of mailboxes."""
    del flow
    known = {
        _digits(written.number): str(written.number)
        for _, held in holding(content.files, TelephonesFile)
        for written in held.telephones.values()
        if written is not None
    }
    for text, place in (*all_texts(content), *_more_texts(content)):
        for number in _NUMBER.findall(text):
            if _digits(number) not in known:
                message = f"{number} is not in numbers.yaml. Mend it, or add it with its source."
                faults.add(
                    place,
                    Code.UNKNOWN_NUMBER,
                    message,
                    written=number,
                    allowed=known.values(),
                )


def _more_texts(content: Content) -> Iterator[tuple[str, Place]]:
    for passage in content.catalogue.guidance.values():
        for text in (passage.title, passage.text, passage.printed):
            yield text, place_of(text, Place(passage.id, 1))
    for box in content.catalogue.mailboxes.values():
        yield box.note, Place(box.file, box.line)
        if box.staffed:
            yield box.staffed.duty, Place(box.file, box.line)
    for route in content.catalogue.routes.values():
        yield route.note, place_of(route.note, Place(route.id, 1))


def _digits(number: str) -> str:
    return re.sub(r"^\+44", "0", number).replace(" ", "")
