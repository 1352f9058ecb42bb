"""Dates inside texts: `{date.mase_panel}`, `{late.mase_panel}` and `{after.monthly_report}`.

They are read as of the day of the session's last input, which the session holds: equal sessions
show equal screens, and a screen shown again after midnight is that of the next input.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.deadlines import NO_DAYS, Deadline, Due, Missed, missed, worked_out
from bot.core.dialog import Ask
from bot.core.facts import FactType
from bot.core.routing import Route
from bot.core.session import Said
from bot.core.spoken import spoken
from bot.core.text import Template
from bot.core.walk import Walk

DATE: Final = "date"  # the date, with what must be known of it
LATE: Final = "late"  # a sentence where it is too late for a nearer one, else nothing
AFTER: Final = "after"  # the one that comes after it
KINDS: Final = (DATE, LATE, AFTER)


def split(name: str) -> tuple[str, str]:
    """The kind and the date's id of a placeholder; ("", "") where it is not one of these."""
    kind, dot, id_ = name.partition(".")
    return (kind, id_) if dot else ("", "")


def days_told(walk: Walk) -> dict[str, date]:
    """The days that were given on the way, by their fact; of one fact the last."""
    return {
        visit.step.fact.id: date.fromisoformat(str(visit.answer.value))
        for visit in walk.visits
        if isinstance(visit.step, Ask) and visit.step.fact.type is FactType.DATE
        if visit.answer and visit.answer.said is Said.VALUE
    }


def dates(
    catalogue: Catalogue, names: Iterable[str], on: date, days: Mapping[str, date] = NO_DAYS
) -> dict[str, str]:
    """What fills these placeholders as of a day and the days told; other names are left alone."""
    wanted = {name: split(name) for name in names}
    known = {name: kind for name, (kind, id_) in wanted.items() if id_ in catalogue.deadlines}
    rules = {name: catalogue.deadlines[wanted[name][1]] for name in known}
    return {name: _filled(catalogue, kind, rules[name], on, days) for name, kind in known.items()}


def route_on(catalogue: Catalogue, route: Route, on: date) -> Route:
    """The route with the dates of its texts and of its `due`, as of a day."""
    due = route.due
    if due is not None:
        by = due_on(catalogue, due.by, on).day if due.by else None
        due = replace(due, text=fill(catalogue, due.text, on), day=by)
    after, note = (fill(catalogue, text, on) for text in (route.after, route.note))
    return replace(route, after=after, note=note, due=due)


def fill(catalogue: Catalogue, text: str, on: date) -> str:
    """A text in which nothing but dates is filled in."""
    template = Template(text)
    return template.fill(dates(catalogue, template.names, on))


def due_on(catalogue: Catalogue, id_: str, on: date, days: Mapping[str, date] = NO_DAYS) -> Due:
    """One date, worked out as of a day and of the days told."""
    rules = _together(catalogue, catalogue.deadlines[id_])
    return next(due for due in worked_out(rules, on, catalogue.holidays, days) if due.id == id_)


def _together(catalogue: Catalogue, rule: Deadline) -> tuple[Deadline, ...]:
    """The dates of one area hang together: a referral day belongs to its panel."""
    return tuple(other for other in catalogue.deadlines.values() if other.area == rule.area)


def _filled(
    catalogue: Catalogue, kind: str, rule: Deadline, on: date, days: Mapping[str, date]
) -> str:
    if kind == LATE:
        return _too_late(catalogue, missed(_together(catalogue, rule), rule.id, on))
    due = due_on(catalogue, rule.id, on, days)
    if kind == AFTER:
        due = due_on(catalogue, rule.id, due.day + timedelta(days=1))
    return due.in_a_sentence


def _too_late(catalogue: Catalogue, nearer: Missed | None) -> str:
    if nearer is None:
        return ""
    values = {"missed": spoken(nearer.day), "last_day": spoken(nearer.last_day)}
    return " " + catalogue.screens["too_late"].fill(values).strip()
