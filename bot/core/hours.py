"""When a desk is staffed, and what a person is told while it is not.

A mailbox that nobody reads before Monday must not look like help on a Saturday: outside the hours
the duty number stands before and after sending. Hours that no source gives are said to be unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.holidays import Holidays
from bot.core.routing import How, Mailbox, Opening, Route, Staffed

ABOUT_A_CHILD: Final = frozenset({"referral", "mase", "case_report"})  # kinds of submission
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - minutes of UTC are added to it
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_LOOK_AHEAD: Final = 30  # days; more than any row of bank holidays and weekends
_NOON: Final = 12


def in_london(minute: int) -> datetime:
    """The time on a British wall (naive), of minutes since 1970 UTC. Summer time is from 01:00 UTC
    on the last Sunday of March to that of October (Summer Time Act 1972, as amended in 2002).
    """
    utc = _EPOCH + timedelta(minutes=minute)
    begins, ends = (_last_sunday(utc.year, month) for month in (3, 10))
    return utc + _HOUR if begins <= utc - _HOUR < ends else utc


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31)  # noqa: DTZ001 - as above; March and October have 31 days
    return last - (last.weekday() + 1) % 7 * _DAY


def is_staffed(staffed: Staffed, holidays: Holidays, moment: datetime) -> bool:
    """Whether somebody is there at this time on the wall; on a bank holiday nobody is."""
    minute = moment.hour * 60 + moment.minute
    today = _on(staffed, holidays, moment.date())
    return any(opening.begins <= minute < opening.ends for opening in today)


def next_opening(staffed: Staffed, holidays: Holidays, moment: datetime) -> datetime | None:
    """When somebody is there next; None when no source says."""
    midnight = moment.replace(hour=0, minute=0)
    for ahead in range(_LOOK_AHEAD if staffed.hours else 0):
        day = midnight + ahead * _DAY
        begins = [day + timedelta(minutes=o.begins) for o in _on(staffed, holidays, day.date())]
        if later := [one for one in begins if one > moment]:
            return min(later)
    return None


def _on(staffed: Staffed, holidays: Holidays, day: date) -> Iterable[Opening]:
    if holidays.name(day):
        return ()
    return (opening for opening in staffed.hours if day.weekday() in opening.days)


def unstaffed_notes(catalogue: Catalogue, routes: Iterable[Route], minute: int) -> tuple[str, ...]:
    """For each open route about a child that nobody reads now: since when that will change, if it
    is known, and the number to call. `minute` is minutes since 1970 UTC.
    """
    moment = in_london(minute)
    notes = [_note(catalogue, route, moment) for route in routes if _is_open(catalogue, route)]
    return tuple(dict.fromkeys(note for note in notes if note))


def about_a_child(route: Route) -> bool:
    """Whether mail on this route is about one child."""
    return route.how is How.MAIL and route.kind in ABOUT_A_CHILD


def ring(catalogue: Catalogue, route: Route) -> str:
    """Whom to call when nobody has said in time that they have it: handed over is not read."""
    values = {"phones": route.phones.strip()}
    if route.due is None:
        return catalogue.screens["ring"].fill(values).strip()
    return catalogue.screens["ring_by"].fill({**values, "due": route.due.text.strip()}).strip()


def _is_open(catalogue: Catalogue, route: Route) -> bool:
    return about_a_child(route) and route.id not in catalogue.closed


def _note(catalogue: Catalogue, route: Route, moment: datetime) -> str:
    desks = [_staffed(catalogue.mailboxes.get(box)) for box in route.mailboxes]
    duty = "\n".join(dict.fromkeys(desk.duty.strip() for desk in desks if desk.duty))
    if not duty or any(is_staffed(desk, catalogue.holidays, moment) for desk in desks):
        return ""
    opening = [next_opening(desk, catalogue.holidays, moment) for desk in desks]
    known = [one for one in opening if one is not None]
    values = {"route": route.name, "duty": duty}
    if not known:
        return catalogue.screens["hours_unknown"].fill(values).strip()
    return catalogue.screens["unstaffed"].fill({**values, "opens": aloud(min(known))}).strip()


def _staffed(mailbox: Mailbox | None) -> Staffed:
    """Nothing is known of a mailbox that has left the pack since a conversation began."""
    return (mailbox and mailbox.staffed) or Staffed()


def aloud(moment: datetime) -> str:
    """A time on the wall in words: "Monday 23 November, 9am"."""
    hour = moment.hour % _NOON or _NOON
    minutes = f".{moment.minute:02}" if moment.minute else ""
    half = "am" if moment.hour < _NOON else "pm"
    return f"{moment:%A} {moment.day} {moment:%B}, {hour}{minutes}{half}"
