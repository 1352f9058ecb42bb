"""The figures of one run, and the table they are printed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """One measured value. `aim` is the most it should be, or None where there is no aim."""

    what: str
    value: float
    unit: str
    aim: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """`met`, or by how much the aim was missed."""
        if self.aim is None:
            return ""
        over = self.value - self.aim
        return "met" if over <= 0 else f"missed by {amount(over)} {self.unit}".rstrip()


def amount(value: float) -> str:
    """A number with as many digits as mean something."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def middle(values: Iterable[float]) -> float:
    """The median, over rounds."""
    return median(list(values))


def percentile(values: Iterable[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def show(figure: Figure) -> None:
    """One line of the table."""
    measured = f"{amount(figure.value)} {figure.unit}".rstrip()
    aim = "" if figure.aim is None else f"at most {amount(figure.aim)}"
    note = f"  ({figure.note})" if figure.note else ""
    line = f"{figure.what:<66} {measured:>17}  {aim:<14} {figure.verdict}{note}"
    print(line.rstrip(), flush=True)


def head(title: str) -> None:
    """The head of a part of the table."""
    print(f"\n{title:<66} {'measured':>17}  aim", flush=True)
