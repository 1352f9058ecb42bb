"""Plain words: short sentences, acronyms spelled out, nothing that blames a child."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.core.dialog import Dialog
from bot.loading.checks.flow import Flow
from bot.loading.checks.texts_of import place_of, readings
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place

MAX_WORDS: Final = 25
_SENTENCE_END: Final = re.compile(r"(?<=[.!?:])\s+|\n+")
_WORD: Final = re.compile(r"[^\W_][\w'’.-]*")
_BRACES: Final = re.compile(r"\{[a-z_]+\}")


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """Every text a person may read."""
    del flow
    for dialog in content.catalogue.dialogs.values():
        _check_acronyms(content, dialog, faults)
    for text, place in all_texts(content):
        _check_sentences(text, place, faults)
        _check_blame(content, text, place, faults)


def all_texts(content: Content) -> Iterator[tuple[str, Place]]:
    """Each text of dialogs, screens, routes and rules, and where it is written."""
    catalogue = content.catalogue
    for dialog in catalogue.dialogs.values():
        yield dialog.title, place_of(dialog.title, Place(dialog.file, 1))
        for step in dialog.steps.values():
            for text in readings(step):
                yield text, place_of(text, Place(dialog.file, step.line))
    for id_, template in catalogue.screens.items():
        yield template.source, place_of(template.source, Place(id_, 1))
    for route in catalogue.routes.values():
        for text in (route.name, route.after, route.phones, route.due.text if route.due else ""):
            yield text, place_of(text, Place(route.id, 1))
    for linked in content.books.values():
        book = linked.book
        for advice in book.advice.values():
            yield advice.text, place_of(advice.text, Place(book.file, 1))
        for row in (row for table in book.tables for row in table.rows):
            yield row.text, place_of(row.text, Place(book.file, row.line))


def _check_sentences(text: str, place: Place, faults: Faults) -> None:
    for sentence in _SENTENCE_END.split(text):
        words = len(_WORD.findall(sentence))
        if words > MAX_WORDS:
            start = " ".join(sentence.split()[:4])
            message = f"“{start} …” has {words} words; {MAX_WORDS} are allowed. Make it two."
            faults.add(place, Code.LONG_SENTENCE, message)


def _check_acronyms(content: Content, dialog: Dialog, faults: Faults) -> None:
    """Each acronym is spelled out in the text that uses it, or in an earlier one of the dialog."""
    said: set[str] = set()
    read = ""
    for step in dialog.steps.values():
        for text in readings(step):
            read = f"{read} {' '.join(text.split()).casefold()}"
            for acronym, meaning in content.catalogue.acronyms.items():
                if acronym in said or not re.search(rf"\b{acronym}\b", text):
                    continue
                said.add(acronym)
                if meaning.casefold() not in read:
                    message = f"Spell out {acronym} where it is first used: {meaning} ({acronym})."
                    place = place_of(text, Place(dialog.file, step.line))
                    faults.add(place, Code.ACRONYM, message)


def _check_blame(content: Content, text: str, place: Place, faults: Faults) -> None:
    plain = _BRACES.sub(" ", text)
    for entry in content.blame:
        for phrase in entry.phrases:
            if re.search(rf"\b{re.escape(phrase)}\b", plain, re.IGNORECASE):
                instead = f" Write: {entry.instead}." if entry.instead else ""
                message = f"“{phrase}”: {entry.why}{instead}"
                faults.add(place, Code.BLAME, message)
                break
