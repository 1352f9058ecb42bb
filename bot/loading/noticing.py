"""Signs of danger and careful words, linked: compiled once, and their examples tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from bot.core import danger, phrases, wording
from bot.core.reading import plain
from bot.core.weighing import Points
from bot.core.whose import Whose
from bot.loading.codes import Code
from bot.loading.faults import Faults
from bot.loading.files import Files, holding, once
from bot.loading.source import Written
from bot.loading.written_words import (
    DangerFile,
    KindsFile,
    PointsFile,
    SpellingFile,
    WordingFile,
    WrittenContext,
    WrittenLabel,
    WrittenSign,
)

_POINTS: Final = re.compile(r"-?\d{1,4}: [^,]+(?:, [^,]+)*")
T = TypeVar("T")
Finder = Callable[[str], Iterable[str]]  # a message -> the ids found in it


def danger_in(files: Files, faults: Faults) -> danger.DangerRules | None:
    """The signs of danger, or None when there are none or they have a fault."""
    held = [content for _, content in holding(files, DangerFile)]
    signs = _whole(once((i for h in held for i in h.danger.items()), "sign", faults))
    contexts = _whole(
        once((i for h in held for i in (h.contexts or {}).items()), "context", faults)
    )
    lists = _plain(once((i for h in held for i in (h.lists or {}).items()), "list", faults))
    written = [p for s in signs.values() for p in (*s.look_for, *s.together_with, *s.unless)]
    written += [p for c in contexts.values() for p in (*c.look_for, *c.not_with)]
    _contexts_exist(signs.values(), contexts, faults)
    points = _points_in(files, faults)
    if not held:
        return None
    return _compiled(
        lambda: danger.compile_danger(
            [
                danger.Sign(id_, s.look_for, s.together_with, s.unless, tuple(map(str, s.despite)))
                for id_, s in signs.items()
            ],
            [danger.Context(id_, c.look_for, c.whole, c.not_with) for id_, c in contexts.items()],
            lists,
            means_in(files),
            keep_in(files),
            points,
        ),
        [h.lists or {} for h in held],
        written,
        lists,
        faults,
    )


def _points_in(files: Files, faults: Faults) -> Points | None:
    """What words weigh; None where no file says so, or a line of it has a fault."""
    kinds = _kinds_in(files, faults)
    for _, held in holding(files, PointsFile):
        said, words = held.points, dict[str, int]()
        for line in said.words.splitlines():
            if not _POINTS.fullmatch(line):
                message = f"“{line}” is not points, a colon, and words between commas."
                faults.add(said.words.place, Code.WRONG_VALUE, message)
                return None
            much, _, listed = line.partition(": ")
            words.update(dict.fromkeys(listed.split(", "), int(much)))
        return Points(words, said.start, said.asks, kinds)
    return None


def _kinds_in(files: Files, faults: Faults) -> dict[str, str]:
    """Each word that is of a kind, and the kind as it is weighed: `<weapon>`."""
    kinds: dict[str, str] = {}
    for _, held in holding(files, KindsFile):
        for kind, words in held.kinds.items():
            for word in words or ():
                if kinds.setdefault(str(word), f"<{kind}>") != f"<{kind}>":
                    message = f"“{word}” is of two kinds: {kinds[word]} and <{kind}>."
                    faults.add(word.place, Code.WRONG_VALUE, message, written=word)
    return kinds


def wording_in(files: Files, faults: Faults) -> wording.WordingRules | None:
    """The labels that blame a child, or None when there are none or they have a fault."""
    held = [content for _, content in holding(files, WordingFile)]
    labels = _whole(once((i for h in held for i in h.wording.items()), "label", faults))
    lists = _plain(once((i for h in held for i in (h.lists or {}).items()), "list", faults))
    written = [p for label in labels.values() for p in (*label.look_for, *label.unless)]
    written += [p for h in held for p in (*h.about_words, *h.reported, *h.turns, *h.rejected)]
    if not held:
        return None
    return _compiled(
        lambda: wording.compile_wording(
            [
                wording.Label(
                    id_, label.look_for, str(label.why), str(label.instead), label.unless
                )
                for id_, label in labels.items()
            ],
            lists,
            means_in(files),
            keep_in(files),
            Whose(
                frozenset(str(word) for h in held for word in h.adults),
                frozenset(str(word) for h in held for word in h.children),
                tuple(str(phrase) for h in held for phrase in h.about_words),
                tuple(str(phrase) for h in held for phrase in h.reported),
                tuple(str(phrase) for h in held for phrase in h.turns),
                tuple(str(phrase) for h in held for phrase in h.rejected),
            ),
        ),
        [h.lists or {} for h in held],
        written,
        lists,
        faults,
    )


def keep_in(files: Files) -> frozenset[str]:
    """Ordinary words that are not misspelt from others."""
    return frozenset(str(w) for _, held in holding(files, SpellingFile) for w in held.keep)


def means_in(files: Files) -> dict[str, tuple[str, ...]]:
    """Each word as people type it, and the words it means."""
    return {
        plain(typed): tuple(meant.split())
        for _, held in holding(files, SpellingFile)
        for meant, ways in held.spelling.items()
        for typed in ways or ()
    }


def _compiled(
    make: Callable[[], T],
    written_lists: Iterable[Mapping[Written, tuple[Written, ...] | None]],
    written: Iterable[Written],
    lists: Mapping[str, tuple[str, ...]],
    faults: Faults,
) -> T | None:
    """What is made of these phrases, or None when one is not in the language; each that is not is
    recorded with its place. Where all are sound each is read once; a list that nothing names too.
    """
    try:
        for name in lists:
            phrases.expression(f"<{name}>", lists)
        return make()
    except phrases.WrongPhrase:
        before = len(faults.problems)
        in_lists = [p for one in written_lists for ps in one.values() for p in ps or ()]
        for some in (in_lists, written):
            if len(faults.problems) == before:  # a wrong list would be told again by each user
                for phrase in some:
                    _check_phrase(phrase, lists, faults)
        return None


def _check_phrase(phrase: Written, lists: Mapping[str, tuple[str, ...]], faults: Faults) -> None:
    try:
        phrases.expression(phrase, lists)
    except phrases.WrongPhrase as wrong:
        faults.add(phrase.place, Code.WRONG_VALUE, f"Cannot look for “{phrase}”: {wrong}.")


def _contexts_exist(
    signs: Iterable[WrittenSign], contexts: Mapping[str, WrittenContext], faults: Faults
) -> None:
    for named in (name for sign in signs for name in sign.despite):
        if named not in contexts:
            message = f"There is no context `{named}`."
            faults.add(named.place, Code.WRONG_VALUE, message, written=named, allowed=contexts)


def try_examples(
    files: Files,
    signs: danger.DangerRules | None,
    labels: wording.WordingRules | None,
    faults: Faults,
) -> None:
    """Record each example that comes out otherwise than its author says."""
    if signs is not None:
        for _, held in holding(files, DangerFile):
            for id_, sign in held.danger.items():
                _tried(id_, sign, lambda text: (c.id for c in danger.find(text, signs)), faults)
    if labels is not None:
        for _, words in holding(files, WordingFile):
            for id_, label in words.wording.items():
                _tried(id_, label, lambda text: wording.labels_in(text, labels), faults)


def _tried(
    id_: Written, one: WrittenSign | WrittenLabel | None, find: Finder, faults: Faults
) -> None:
    for text in one.must_match if one else ():
        if id_ not in find(text):
            faults.add(text.place, Code.EXAMPLE_FAILS, f"`{id_}` is not found in “{text}”.")
    for text in one.must_not_match if one else ():
        if id_ in find(text):
            faults.add(text.place, Code.EXAMPLE_FAILS, f"`{id_}` is found in “{text}”.")


def _whole(found: Mapping[str, tuple[Written, T | None]]) -> dict[str, T]:
    return {id_: value for id_, (_, value) in found.items() if value is not None}


def _plain(
    found: Mapping[str, tuple[Written, tuple[Written, ...] | None]],
) -> dict[str, tuple[str, ...]]:
    return {id_: tuple(map(str, words or ())) for id_, (_, words) in found.items()}
