"""`make across`: how a look-up does on questions that it has not been given, cross-validated.

Of every passage's questions, and of those that nothing here answers, each fifth is taken out in
turn and asked. Prints how often the right passage comes first, and among three; and for several
values of ENOUGH and PERHAPS (bot/adapters/search.py) how many others are refused (`near`: of those
that stand close to our subject), and how many of ours are.
The own and the earlier half are asked too; they stand in no file that is learned from.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

from bot.adapters.asked import asked
from bot.adapters.search import Search
from bot.core.guidance import COMMON, Questions
from bot.loading.asked import questions_in
from bot.loading.load import load_catalogue
from tests.content.quality import LEARNED, ROOT, rows

_FOLDS: Final = 5
_EACH: Final = 3  # of the questions taken out so many are asked, to be done in a minute
_TRIED: Final = (*range(-6, 4), *(n / 4 for n in range(16, 33)))
_NEAR: Final = ROOT / "rules" / "common" / "elsewhere_near.txt"


def without(questions: Questions, fold: int) -> Questions:
    """All but each fifth, from this one on."""
    return Questions(
        {
            id_: tuple(line for n, line in enumerate(lines) if n % _FOLDS != fold)
            for id_, lines in questions.by_passage.items()
        },
        tuple(line for n, line in enumerate(questions.elsewhere) if n % _FOLDS != fold),
    )


def taken(questions: Questions, fold: int) -> Iterator[tuple[str, str]]:
    """The fifth that is left out: each question with its passage, or with none."""
    for id_, lines in questions.by_passage.items():
        yield from ((line, id_) for line in lines[fold :: _FOLDS * _EACH])
    for line in questions.elsewhere[fold::_FOLDS]:
        if len(asked(line)) > 2:
            yield line, ""


def main() -> None:
    """Print the table."""
    passages, questions = load_catalogue(ROOT).guidance, questions_in(ROOT)
    others = [r["question"] for half in LEARNED for r in rows(half, "guidance_none")]
    places: list[int] = []
    ours: list[float] = []
    near = set(_NEAR.read_text("utf-8").splitlines())
    refused: dict[str, list[float]] = {"elsewhere": [], "near": [], "none": []}
    for fold in range(_FOLDS):
        search = Search(passages.values(), without(questions, fold))
        for line, id_ in taken(questions, fold):
            area = passages[id_].area if id_ else COMMON
            sure, found = search.weighed(line, "" if area == COMMON else area)
            if id_:
                ours.append(sure)
                places.append([passage.id for _, passage in found].index(id_))
            else:
                refused["near" if line in near else "elsewhere"].append(sure)
        for line in others[fold::_FOLDS]:
            refused["none"].append(search.weighed(line).sure)
    first = sum(place == 0 for place in places) / len(places)
    three = sum(place < 3 for place in places) / len(places)
    sys.stdout.write(f"first {first:.1%}, among three {three:.1%} of {len(places)} questions\n")
    for enough in _TRIED:
        figures = ", ".join(
            f"{name} {sum(s < enough for s in all_) / len(all_):.1%}"
            for name, all_ in {**refused, "ours": ours}.items()
        )
        sys.stdout.write(f"{enough:5.2f} refuses {figures}\n")


if __name__ == "__main__":
    main()
