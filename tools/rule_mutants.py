"""How good the examples of the rules are: weaken one row of a table, and some example must fail.

    python tools/rule_mutants.py [RULEBOOK ...]      such as: python tools/rule_mutants.py newham

Changes each rulebook of rules/ in every small way (rule_mutations.py): a row taken away, a
condition, route or advice left out, an outcome lowered, a bound moved, a sign of harm taken for
one of risk. Prints every change that no example noticed, then how many were; exit 1 if not all.
What changes nothing for anybody stands, with its reason, in tests/content/rules_alive.yaml.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]
from rule_mutations import Mutant, mutants  # noqa: E402 - the path comes first

from bot.loading.examples import check_examples  # noqa: E402
from bot.loading.faults import Faults  # noqa: E402
from bot.loading.load import bundle, link  # noqa: E402
from bot.loading.proving import examples_of  # noqa: E402
from bot.loading.rulebook import LinkedBook  # noqa: E402

ALIVE = ROOT / "tests" / "content" / "rules_alive.yaml"


@dataclass(frozen=True, slots=True)
class Tried:
    """How one rulebook did. `alive` was noticed by no example and is excused by nobody;
    `needless` is an excuse for a change that is noticed, or is not made.
    """

    book: str
    total: int
    excused: int
    alive: tuple[Mutant, ...]
    needless: tuple[str, ...]


def tried(linked: LinkedBook, excuses: Mapping[str, str]) -> Tried:
    """Every change to one rulebook, against that rulebook's own examples."""
    examples = examples_of(linked)
    every = list(mutants(linked.book))
    alive = [mutant for mutant in every if not check_examples(mutant.book, examples)]
    return Tried(
        book=linked.book.id,
        total=len(every),
        excused=sum(mutant.what in excuses for mutant in alive),
        alive=tuple(mutant for mutant in alive if mutant.what not in excuses),
        needless=tuple(sorted(set(excuses).difference(mutant.what for mutant in alive))),
    )


def excuses() -> dict[str, dict[str, str]]:
    """By rulebook: each change that nobody can notice, and why."""
    found: dict[str, dict[str, str]] = yaml.safe_load(ALIVE.read_text(encoding="utf-8"))
    return found


def books(names: Iterable[str] = ()) -> list[LinkedBook]:
    """The rulebooks of the house whose ids begin so; all of them for no names."""
    faults = Faults([])
    content = link(bundle(ROOT), faults)
    if faults.problems:
        sys.exit("The content does not load: run `python -m bot check`.")
    wanted = tuple(names) or ("",)
    return [linked for id_, linked in content.books.items() if id_.startswith(wanted)]


def main(names: list[str]) -> int:
    """Run, print, and say by the exit code whether every change was noticed."""
    known, count = excuses(), Counter[str]()
    for linked in books(names):
        found = tried(linked, known.get(linked.book.id, {}))
        for mutant in found.alive:
            print(f"{linked.book.file}:{mutant.line}: {mutant.what}")
        for what in found.needless:
            print(f"{ALIVE.relative_to(ROOT)}: {linked.book.id} needs no excuse for: {what}")
        count += Counter(
            total=found.total, excused=found.excused, alive=len(found.alive + found.needless)
        )
    noticed = count["total"] - count["excused"] - count["alive"]
    print(
        f"noticed {noticed} of {count['total']} changes to the rules; "
        f"{count['excused']} change nothing, each with its reason"
    )
    return int(count["alive"] > 0 or not count["total"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
