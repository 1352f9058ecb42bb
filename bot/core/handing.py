"""What a press does that asks for a file, a reminder, or something beside the sending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from bot.core.dated import days_told
from bot.core.dialog import End, Outcome, Step
from bot.core.errand import reminder
from bot.core.gifts import Documents, Gift, Reminder
from bot.core.handover import papers, submissions
from bot.core.offering import giving, remind_day, reminder_of
from bot.core.sending import Want, decided
from bot.core.session import Overlay
from bot.core.turn import Give, Later
from bot.core.turning import Stand, Turn, again, begin_again, cover, send, settle, show, uncover
from bot.core.walk import Walk

Verb: TypeAlias = Callable[[Stand, Walk, Step, str], Turn]


def deciding(stand: Stand, verb: str) -> Stand:
    """At the check before a sending: by hand only where that was just chosen."""
    session = decided(stand.session)
    if verb == "by_hand":
        session = replace(session, wants=(*session.wants, Want.BY_HAND.value))
    return replace(stand, session=session)


def _give(stand: Stand, walk: Walk, here: Step, number: str) -> Turn:
    return _hand(stand, walk, here, giving(stand.catalogue, stand.session, here)[int(number)].gift)


def _documents(stand: Stand, walk: Walk, here: Step, _arg: str) -> Turn:
    return _hand(stand, walk, here, Documents())


def _hand(stand: Stand, walk: Walk, here: Step, gift: Gift) -> Turn:
    """The same screen again, and the files that were asked for beside it."""
    if isinstance(gift, Reminder):
        return cover(stand, Overlay.REMIND)
    if not isinstance(gift, Documents):
        return again(stand, effects=(Give(gift, days=days_told(walk)),))
    told = papers(stand.catalogue, stand.session, walk, stand.now.date())
    own = not (isinstance(here, End) and here.outcome is Outcome.SEND)  # that is done elsewhere
    give = Give(gift, told, own)
    return again(stand, effects=(give,)) if told else again(stand, "nothing_to_send")


def _remind(stand: Stand, walk: Walk, here: Step, _arg: str) -> Turn:
    """The reminder is promised; back to where it was asked for."""
    catalogue, session = stand.catalogue, stand.session
    gift = reminder_of(catalogue, session, here)
    day = remind_day(catalogue, session, walk, gift) if gift else None
    back = uncover(stand)
    if day is None or back.session is None:
        return back
    said = show(catalogue, back.session, catalogue.screens["remind_kept"].fill({}))
    return Turn(back.session, said, (Later(reminder(day, stand.now.tzinfo)),), back.walk)


def _want(stand: Stand, walk: Walk, _here: Step, what: str) -> Turn:
    """Asked for beside the sending, or no more."""
    session = stand.session
    rest = tuple(want for want in session.wants if want != what)
    wants = rest if what in session.wants else (*session.wants, what)
    return settle(stand, replace(session, wants=wants, turn=session.turn + 1), walk)


def _have_them(stand: Stand, walk: Walk, _here: Step, _arg: str) -> Turn:
    """The documents have come: what goes by mail is sent now, and the answers go."""
    made = submissions(stand.catalogue, stand.session, walk, stand.now.date())
    if made:
        return send(stand, stand.session, walk, made)
    fresh = begin_again(stand)
    note = stand.catalogue.screens["by_hand_done"].fill({})
    return replace(fresh, reply=show(stand.catalogue, fresh.session or stand.session, note))


VERBS: Final[Mapping[str, Verb]] = {
    "give": _give,
    "documents": _documents,
    "remind_yes": _remind,
    "want": _want,
    "have_them": _have_them,
}
