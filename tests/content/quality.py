"""`make quality`: how well danger is noticed, words are weighed and questions are answered.

Three halves: `own`, which the rules are written against; `earlier`, measured only until it was
known too well, now learned from; and `held_out`, measured only (tests/content/held_out/README.md).
Name halves to see only those. `--misses` shows what went wrong in the first two.
`--record` writes their present figures to recorded.json; a first figure is never written again.

Of questions: `hit_1` counts a right passage that is told first; `hit_3` one among the first three
that are told, or named where it is not sure, and `told_3` only those that are told. Of questions
without an answer: `refused` counts that nothing is told and a person is offered; `nothing_listed`
that no title is named either.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, Final

from bot.adapters.search import Search
from bot.core.catalogue import Catalogue
from bot.core.danger import find
from bot.core.guidance import COMMON, Passage
from bot.core.wording import look
from bot.loading.asked import questions_in
from bot.loading.load import load_catalogue

ROOT: Final = Path(__file__).parents[2]
HERE: Final = Path(__file__).parent
HALVES: Final = {"own": HERE, "earlier": HERE / "earlier", "held_out": HERE / "held_out"}
LEARNED: Final = ("own", "earlier")
RECORDED: Final = HERE / "recorded.json"
LESS_IS_BETTER: Final = frozenset({"danger_false", "wording_false"})
AIMS: Final = {
    "danger_found": 97.0,
    "danger_false": 5.0,
    "guidance_hit_1": 90.0,
    "guidance_hit_3": 98.0,
    "guidance_refused": 95.0,
    "guidance_nothing_listed": 60.0,
}

Row = Mapping[str, Any]
Judge = Callable[[Row], bool]


def rows(half: str, name: str) -> list[Row]:
    """The lines of one file of one half."""
    lines = (HALVES[half] / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def messages(half: str) -> Iterator[tuple[str, Row]]:
    """The messages of a half, each with the file it is of: those that the signs are written
    against, and in the own half those that only points are learned from.
    """
    for name in ("danger", "danger_words") if half == "own" else ("danger",):
        yield from ((name, row) for row in rows(half, name))


def asked(half: str) -> list[Row]:
    """The questions of a half that have their label: which passages, or which places, answer."""
    return [r for r in rows(half, "guidance_questions") if "passages" in r or "answers" in r]


def _wrongly_labelled(row: Row) -> bool:
    """Whether a question said to have no answer was found to have one, with the reason beside."""
    return "changed" in row and bool(row.get("passages"))


class Quality:
    """The content loaded once, and each question that a half asks of it."""

    def __init__(self) -> None:
        self.catalogue: Catalogue = load_catalogue(ROOT)
        assert self.catalogue.danger is not None
        assert self.catalogue.wording is not None
        self.danger, self.wording = self.catalogue.danger, self.catalogue.wording
        questions = questions_in(ROOT)
        began = process_time()
        self.search = Search(self.catalogue.guidance.values(), questions)
        self.build_ms = (process_time() - began) * 1000

    def cases(self, half: str) -> Iterator[tuple[str, Row, bool]]:
        """Every figure's name with each row that counts for it, and whether it came out well
        (for figures of which less is better: whether it came out wrong).
        """
        for _, row in messages(half):
            name = "danger_found" if row["danger"] else "danger_false"
            yield name, row, bool(find(row["text"], self.danger))
        for row in rows(half, "wording"):
            yield "wording_found" if row["blame"] else "wording_false", row, self._weighed(row)
        for row in asked(half):
            told, named = self._answers(row)
            yield "guidance_hit_1", row, any(answers(p, row) for p in told[:1])
            yield "guidance_hit_3", row, any(answers(p, row) for p in (told or named)[:3])
            yield "guidance_told_3", row, any(answers(p, row) for p in told[:3])
        for row in rows(half, "guidance_none"):
            if not _wrongly_labelled(row):
                told, named = self._answers(row)
                yield "guidance_refused", row, not told
                yield "guidance_nothing_listed", row, not told and not named

    def _weighed(self, row: Row) -> bool:
        remarks = look(row["text"], self.wording)
        if not row["blame"]:
            return bool(remarks)
        said = [remark.term.casefold() for remark in remarks]
        return all(
            any(term.casefold() in one or one in term.casefold() for one in said)
            for term in row["terms"]
        )

    def _answers(self, row: Row) -> tuple[list[Passage], list[Passage]]:
        """The passages told, best first, and those whose titles alone are named."""
        found = self.search.look_up(row["question"], row["area"] or "")
        return [one.passage for one in found.told], [one.passage for one in found.perhaps]

    def reach(self, half: str) -> tuple[float, float]:
        """Of a half's questions, in per cent: those that some passage of the area answers, and
        those that are not refused. The first is what no ranking can do better than.
        """
        there = [any(answers(p, row) for p in self._of(row["area"])) for row in asked(half)]
        told = [bool(self._answers(row)[0]) for row in asked(half)]
        return 100 * sum(there) / max(1, len(there)), 100 * sum(told) / max(1, len(told))

    def _of(self, area: str | None) -> Iterator[Passage]:
        held = self.catalogue.guidance.values()
        return (p for p in held if not area or p.area in {area, COMMON})

    def median_ms(self, halves: Iterable[str]) -> float:
        """How long a look-up takes of the processor, over the questions of these halves."""
        times = []
        for half in halves:
            for row in asked(half):
                began = process_time()
                self._answers(row)
                times.append((process_time() - began) * 1000)
        return median(times)


def answers(passage: Passage, row: Row) -> bool:
    """Whether a passage is a right place for a question: named by its id, or of the section that
    an answer names and with every word that it must contain.
    """
    if passage.id in row.get("passages", ()):
        return True
    text = f"{passage.title} {passage.whole} {passage.cited}".casefold()
    return any(
        _is_of(passage, answer["section"])
        and all(
            any(way.strip().casefold() in text for way in entry.split("|"))
            for entry in row["must_contain"]
        )
        for answer in row.get("answers", ())
    )


def _is_of(passage: Passage, section: str) -> bool:
    wanted = section.casefold().removeprefix("section ").removeprefix("paragraph ").strip(" .")
    if wanted.startswith("domain"):
        return True  # a fact of today: its words tell, wherever it is written
    if wanted.startswith(("wirral", "newham")):
        area, _, wanted = wanted.partition(" ")
        if passage.area not in {area.strip(":,"), COMMON}:
            return False
    clauses = [c.strip(" .") for c in passage.clause.casefold().replace(",", ";").split(";")]
    return any(c.startswith(wanted) or wanted.startswith(c) for c in clauses if c)


def figures(quality: Quality, half: str) -> dict[str, float]:
    """Each figure of a half in per cent, to one place."""
    counts: dict[str, list[bool]] = {}
    for name, _, came_out in quality.cases(half):
        counts.setdefault(name, []).append(came_out)
    return {name: round(100 * sum(all_) / len(all_), 1) for name, all_ in counts.items()}


def recorded() -> dict[str, dict[str, dict[str, float]]]:
    """half -> figure -> {"first": per cent, "now": per cent}."""
    found: dict[str, dict[str, dict[str, float]]] = json.loads(RECORDED.read_text("utf-8"))
    return found


def record(quality: Quality, halves: Iterable[str]) -> None:
    """Write the present figures of these halves beside the first ones."""
    kept = recorded() if RECORDED.exists() else {}
    for half in halves:
        for name, figure in figures(quality, half).items():
            held = kept.setdefault(half, {}).setdefault(name, {"first": figure, "now": figure})
            held["now"] = figure
    RECORDED.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


def main(options: list[str]) -> None:
    """Print the figures of the halves that are named, or of all: the first and the present."""
    quality = Quality()
    named = [half for half in HALVES if half in options] or list(HALVES)
    if "--record" in options:
        record(quality, named)
    kept = recorded() if RECORDED.exists() else {}
    for half in named:
        sys.stdout.write(f"{half} ({'learned from' if half in LEARNED else 'measured only'})\n")
        for name, figure in figures(quality, half).items():
            first = kept.get(half, {}).get(name, {}).get("first", figure)
            aim = f"{'at most' if name in LESS_IS_BETTER else 'aim'} {AIMS.get(name, '-')}"
            sys.stdout.write(f"  {name:23} {figure:5.1f} %  (first {first:5.1f} %, {aim})\n")
        there, told = quality.reach(half)
        sys.stdout.write(f"  of the questions some passage answers {there:.1f} %, ")
        sys.stdout.write(f"and {told:.1f} % are not refused\n")
        wrong = sum(map(_wrongly_labelled, rows(half, "guidance_none")))
        sys.stdout.write(f"  said to have no answer, and left out as they have one: {wrong}\n")
    sys.stdout.write(f"look-up: median {quality.median_ms(named):.2f} ms, ")
    sys.stdout.write(f"index of {len(quality.catalogue.guidance)} passages built in ")
    sys.stdout.write(f"{quality.build_ms:.0f} ms\n")
    if "--misses" in options:
        for half in LEARNED:
            for name, row, came_out in quality.cases(half):
                if came_out == (name in LESS_IS_BETTER):
                    sys.stdout.write(f"{name}: {json.dumps(row, ensure_ascii=False)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
