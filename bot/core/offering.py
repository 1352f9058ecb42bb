"""The buttons of a step that offer a file or a reminder, and those of a report's sending."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, assert_never

from bot.core.catalogue import Catalogue
from bot.core.dated import days_told, due_on
from bot.core.dialog import Check, Dialog, End, Outcome, Step, Tell
from bot.core.gifts import Dates, Documents, Gift, Offer, Picture, Reminder
from bot.core.handover import paper_routes
from bot.core.path import Visit
from bot.core.sending import Want, by_hand, by_mail, decided, sends, wishes
from bot.core.session import Overlay, Session
from bot.core.shown import Option
from bot.core.walk import Walk

_WISHES: Final[Mapping[Want, tuple[str, str]]] = {  # labels: asked for, and not
    Want.COPY: ("wanted_copy", "want_copy"),
    Want.LATE: ("wanted_late", "want_late"),
}


def last_step(catalogue: Catalogue, session: Session) -> Step | None:
    """The step whose text is shown once everything was sent; None where it is no more."""
    dialog_id, _, step_id = session.last.partition(":")
    dialog = catalogue.dialogs.get(dialog_id)
    return dialog.steps.get(step_id) if dialog else None


def giving(catalogue: Catalogue, session: Session, here: Step) -> tuple[Offer, ...]:
    """What is offered where the person stands: after sending, what the last step offers."""
    sent = Overlay.SENT in {session.overlay, session.under}
    step = last_step(catalogue, session) if sent else here
    return step.gives if isinstance(step, Tell | End) else ()


def gift_options(
    catalogue: Catalogue, session: Session, walk: Walk, here: Step
) -> tuple[Option, ...]:
    """A button for each thing offered that this person may have now."""
    offers = enumerate(giving(catalogue, session, here))
    return tuple(
        Option("give", offer.label or catalogue.labels[_label(offer.gift)], str(number))
        for number, offer in offers
        if _may_have(catalogue, session, walk, here, offer.gift)
    )


def _may_have(catalogue: Catalogue, session: Session, walk: Walk, here: Step, gift: Gift) -> bool:
    match gift:
        case Documents():  # after sending nothing is left to make them of
            there = session.overlay is Overlay.NONE and paper_routes(catalogue, session, walk)
            return bool(there) and not end_options(catalogue, session, walk, here)
        case Reminder():
            return bool(catalogue.channel) and bool(remind_day(catalogue, session, walk, gift))
        case Dates() | Picture():
            return True
        case _:
            assert_never(gift)


def _label(gift: Gift) -> str:
    """The program's own label."""
    match gift:
        case Documents():
            return "give_documents"
        case Dates():
            return "give_calendar"
        case Picture():
            return "give_picture"
        case Reminder():
            return "give_reminder"
        case _:
            assert_never(gift)


def remind_day(catalogue: Catalogue, session: Session, walk: Walk, gift: Reminder) -> date | None:
    """The day on which to remind: so many days before the date, or on it when that is over; None
    where it is today or past.
    """
    due = due_on(catalogue, gift.date, session.on, days_told(walk)).day
    early = due - timedelta(days=gift.days_before)
    return next((day for day in (early, due) if day > session.on), None)


def reminder_of(catalogue: Catalogue, session: Session, here: Step) -> Reminder | None:
    """The reminder that this place offers; a step has at most one."""
    gifts = (offer.gift for offer in giving(catalogue, session, here))
    return next((gift for gift in gifts if isinstance(gift, Reminder)), None)


def check_options(
    catalogue: Catalogue, session: Session, walk: Walk, visit: Visit
) -> tuple[Option, ...]:
    """What can be asked for beside the sending of what is checked here."""
    if not isinstance(visit.step, Check) or not sends(visit.dialog, visit.step):
        return ()
    return tuple(_wish(catalogue, session, want) for want in wishes(catalogue, session, walk))


def _wish(catalogue: Catalogue, session: Session, want: Want) -> Option:
    if want is Want.BY_HAND:
        return Option("by_hand", catalogue.labels["by_hand"])
    yes, no = _WISHES[want]
    return Option("want", catalogue.labels[yes if want in session.wants else no], want)


def ok_label(
    catalogue: Catalogue, session: Session, walk: Walk, dialog: Dialog, check: Check
) -> str:
    """The button that goes on from a check. It never says "send" where nothing is sent."""
    hand = sends(dialog, check) and by_hand(catalogue, decided(session), walk)
    return catalogue.labels["by_hand"] if hand else check.ok


def end_options(
    catalogue: Catalogue, session: Session, walk: Walk, step: Step
) -> tuple[Option, ...]:
    """At the end of a report that goes by hand: its documents, and that they have come."""
    sending = isinstance(step, End) and step.outcome is Outcome.SEND
    if not sending or not by_hand(catalogue, session, walk):
        return ()
    have = "have_them_send" if by_mail(catalogue, session, walk) else "have_them"
    return (
        Option("documents", catalogue.labels["give_documents"]),
        Option("have_them", catalogue.labels[have]),
    )
