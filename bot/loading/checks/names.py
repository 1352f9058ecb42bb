"""The program's own texts, labels and words: all there, none too many, none in another's way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.core.catalogue import Catalogue, normal
from bot.core.commands import WORDS as COMMANDS
from bot.core.dialog import Ask, Dialog, Step
from bot.core.emergency import is_urgent
from bot.core.screens import REQUIRED_LABELS, REQUIRED_SCREENS, REQUIRED_WORDS
from bot.loading.checks.flow import Flow
from bot.loading.checks.texts_of import labels, place_of
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place
from bot.loading.files import holding
from bot.loading.source import Written
from bot.loading.written_packs import ScreensFile, WordsFile

# What fills the placeholders of the program's own texts; the others have none.
FILLED: Final[Mapping[str, frozenset[str]]] = {
    "resume": frozenset({"hours"}),
    "confirm_delete": frozenset({"hours"}),
    "enter_code": frozenset({"hours"}),
    "code_receipt": frozenset({"code", "hours"}),
    "code_pause": frozenset({"code", "hours"}),
    "saved": frozenset({"routes"}),
    "receipt_status": frozenset({"states", "saved_on"}),
    "state_saved": frozenset({"route"}),
    "state_late": frozenset({"route", "phones"}),
    "file_documents": frozenset({"mailbox", "subject"}),
    "chat_stored": frozenset({"channel"}),
    "chat_kept": frozenset({"hours"}),
    "by_hand": frozenset({"phones"}),
    "by_hand_rest": frozenset({"routes"}),
    "remind_ask": frozenset({"day"}),
    "file_leaves": frozenset({"channel"}),
    "late_notice": frozenset({"phones"}),
    "returned_notice": frozenset({"phones"}),
    "state_leaving": frozenset({"route", "phones"}),
    "state_came_back": frozenset({"route", "phones"}),
    "state_handed_over": frozenset({"route"}),
    "state_handed_again": frozenset({"route"}),
    "state_problem": frozenset({"route", "phones"}),
    "state_withdrawn": frozenset({"route"}),
    "too_long": frozenset({"limit", "length"}),
    "reject_number": frozenset({"from", "to"}),
    "reject_day": frozenset({"from", "to"}),
    "reject_marks": frozenset({"to"}),
    "place_taken": frozenset({"place", "area"}),
    "place_perhaps": frozenset({"place", "area"}),
    "giveaway": frozenset({"found"}),
    "one_child": frozenset({"found"}),
    "closed_route": frozenset({"phones"}),
    "unstaffed": frozenset({"route", "opens", "duty"}),
    "hours_unknown": frozenset({"route", "duty"}),
    "ring": frozenset({"phones"}),
    "ring_by": frozenset({"due", "phones"}),
    "file_calendar_run": frozenset({"count"}),
    "carry_offer": frozenset({"answer"}),
    "too_late": frozenset({"missed", "last_day"}),
    "not_filled_in": frozenset({"fields"}),
    "out_of_reach": frozenset({"fields"}),
    "danger_then": frozenset({"phones"}),
    "fill_in": frozenset({"field"}),
    "see_also": frozenset({"title"}),
    "found": frozenset({"title", "text", "source"}),
    "not_found": frozenset({"phones"}),
    "not_sure": frozenset({"phones"}),
    "careful": frozenset({"found"}),
    "told_before": frozenset({"told"}),
    "poster_workers": frozenset({"route"}),
    "poster_opens": frozenset({"bot", "area"}),
    "poster_people": frozenset({"phones"}),
    "poster_foot": frozenset({"bot", "area"}),
    "progress": frozenset({"title", "number", "of"}),
}
_PLACEHOLDER: Final = re.compile(r"\{([a-z0-9_]+)\}")
_SETS_ASIDE: Final = ("skip", "unsure")  # read before the choices are looked at


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """The closed sets, the placeholders, and words against buttons."""
    del flow
    files = [held for _, held in holding(content.files, ScreensFile)]
    words = [held for _, held in holding(content.files, WordsFile)]
    screens = {i: t for held in files for i, t in (held.screens or {}).items()}
    own_labels = {i: t for held in files for i, t in (held.labels or {}).items()}
    meanings = {i: w for held in words for i, w in held.words.items()}
    _closed_set("screen", screens, REQUIRED_SCREENS, faults)
    _closed_set("label", own_labels, REQUIRED_LABELS, faults)
    _closed_set("meaning", meanings, REQUIRED_WORDS, faults)
    _check_filled({**screens, **own_labels}, faults)
    _check_words(meanings, faults)
    for dialog in content.catalogue.dialogs.values():
        for step in dialog.steps.values():
            _check_labels(content.catalogue, dialog, step, faults)


def _closed_set(
    what: str, found: Mapping[Written, object], required: tuple[str, ...], faults: Faults
) -> None:
    start = next(iter(found)).place if found else Place("dialogs/common", 1)
    for id_ in required:
        if id_ not in found:
            message = f"The {what} `{id_}` is not defined."
            faults.add(Place(start.file, 1), Code.MISSING_TEXT, message)
    for id_ in found:
        if id_ not in required:
            message = f"The program has no {what} `{id_}`."
            faults.add(id_.place, Code.UNKNOWN_TEXT, message, written=id_, allowed=required)


def _check_filled(texts: Mapping[Written, Written | None], faults: Faults) -> None:
    for id_, text in texts.items():
        allowed = FILLED.get(str(id_), frozenset())
        for name in _PLACEHOLDER.findall(text or ""):
            if name not in allowed:
                message = f"Nothing fills in `{{{name}}}` in `{id_}`."
                faults.add(
                    id_.place, Code.UNKNOWN_PLACEHOLDER, message, written=name, allowed=allowed
                )


def _check_words(meanings: Mapping[Written, tuple[Written, ...] | None], faults: Faults) -> None:
    seen: dict[str, Written] = {}
    for meaning, words in meanings.items():
        for word in words or ():
            plain = normal(word) or str(word)
            if is_urgent(word):
                message = f"“{word}” always shows 999; remove it from `{meaning}`."
                faults.add(word.place, Code.URGENT_WORD, message)
            elif plain in seen and seen[plain] != meaning:
                message = f"“{word}” means `{seen[plain]}` and `{meaning}`; choose one."
                faults.add(word.place, Code.WORD_TWICE, message)
            seen.setdefault(plain, meaning)


def _check_labels(catalogue: Catalogue, dialog: Dialog, step: Step, faults: Faults) -> None:
    place = Place(dialog.file, step.line)
    seen: set[str] = set()
    for label in labels(step):
        if not label:
            continue
        here = place_of(label, place)
        plain = normal(label)
        if plain in seen:
            message = f"Two buttons of `{step.id}` are called “{label}”."
            faults.add(here, Code.WORD_TWICE, message)
        seen.add(plain)
        _check_name(catalogue, label, step, here, faults)
    if isinstance(step, Ask):
        for choice in step.choices:
            _check_name(catalogue, choice.value, step, place, faults)
        _check_senses(catalogue, step, place, faults)


def _check_name(catalogue: Catalogue, name: str, step: Step, place: Place, faults: Faults) -> None:
    """A typed name must reach the button: 999 and the commands are tried before it."""
    if is_urgent(name):
        message = f"“{name}” always shows 999, so nobody can type it as an answer to `{step.id}`."
        faults.add(place, Code.URGENT_WORD, message)
    meaning = catalogue.words.meaning(name)
    if meaning in COMMANDS:
        message = f"“{name}” always means `{meaning}`; call the button of `{step.id}` otherwise."
        faults.add(place, Code.WORD_SHADOWS, message)


def _check_senses(catalogue: Catalogue, step: Ask, place: Place, faults: Faults) -> None:
    """A choice's name that means skip, unsure, or another choice, is taken for that instead."""
    offered = [
        word for word, label in zip(_SETS_ASIDE, (step.skip, step.unsure), strict=True) if label
    ]
    values = [choice.value for choice in step.choices]
    for choice in step.choices:
        for name in _names(choice.value, choice.label):
            meaning = catalogue.words.meaning(name)
            other = [value for value in values if value != choice.value]
            if meaning in offered or meaning in other:
                message = f"“{name}” of `{step.id}` means `{meaning}` when it is typed."
                faults.add(place_of(name, place), Code.WORD_SHADOWS, message)


def _names(value: str, label: str) -> Iterator[str]:
    yield label
    if normal(value) != normal(label):
        yield value
