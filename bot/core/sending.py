"""How a report of somebody who works with children leaves: by this program's mail, or as documents
that they send from their own secure mailbox. Which is offered is said by each area; live, where
nothing is said, documents alone.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Check, Dialog, End, Manner, Outcome, Repeat, Tick
from bot.core.facts import PROFESSIONALS
from bot.core.routing import How, Route
from bot.core.saying import mailable, routes_of
from bot.core.session import ADDITION, Session
from bot.core.walk import Visit, Walk

MAIL: Final = "mail"
DOCUMENTS: Final = "documents"


class Want(StrEnum):
    """What somebody asked for beside the sending; nobody is given it unasked."""

    COPY = "copy"  # a copy for the child's own file
    LATE = "late"  # a message when delivery is late
    BY_HAND = "by_hand"  # documents in place of mail


def ways(catalogue: Catalogue, walk: Walk) -> tuple[str, ...]:
    """The ways that the area of this walk offers to people who work with children."""
    area = catalogue.areas.get(str(walk.facts.get("area", "")))
    offered = area.ways if area else ()
    return offered or ((MAIL,) if catalogue.training else (DOCUMENTS,))


def named_routes(catalogue: Catalogue, session: Session, walk: Walk) -> list[Route]:
    """The mail routes of a named report by somebody who works with children, closed or not."""
    if walk.facts.get("role") not in PROFESSIONALS or session.root == ADDITION:
        return []
    routes = [catalogue.routes[name] for name in routes_of(catalogue, session, walk)]
    return [route for route in routes if route.how is How.MAIL and not route.anonymous]


def by_hand(catalogue: Catalogue, session: Session, walk: Walk) -> list[Route]:
    """The routes that go as documents and not by mail: nothing of them is ever put into the
    outbox.
    """
    offered = ways(catalogue, walk)
    if MAIL in offered and Want.BY_HAND not in session.wants:
        return []
    return named_routes(catalogue, session, walk) if DOCUMENTS in offered else []


def by_mail(catalogue: Catalogue, session: Session, walk: Walk) -> list[Route]:
    """The routes that are open today and go by mail."""
    names = mailable(catalogue, routes_of(catalogue, session, walk))
    other = {route.id for route in by_hand(catalogue, session, walk)}
    return [catalogue.routes[name] for name in names if name not in other]


def decided(session: Session) -> Session:
    """The session at a check, where "by hand" is still to be chosen."""
    wants = tuple(want for want in session.wants if want != Want.BY_HAND)
    return session if wants == session.wants else replace(session, wants=wants)


def sends(dialog: Dialog, check: Check) -> bool:
    """Whether what is checked here is sent next."""
    after = (dialog.steps[edge.go] for edge in check.next)
    return any(isinstance(step, End) and step.outcome is Outcome.SEND for step in after)


def wishes(catalogue: Catalogue, session: Session, walk: Walk) -> tuple[Want, ...]:
    """What may be asked for at the check before a sending."""
    named = named_routes(catalogue, session, walk)
    offered = ways(catalogue, walk)
    if not named or MAIL not in offered:
        return ()
    mailed = any(route.id not in catalogue.closed for route in named)
    found = (Want.COPY, *((Want.LATE,) if catalogue.channel else ())) if mailed else ()
    return (*found, *((Want.BY_HAND,) if DOCUMENTS in offered else ()))


def hand_words(catalogue: Catalogue, session: Session, walk: Walk) -> str:
    """What the person sends themselves, and what is sent once they have it; "" where nothing goes
    by hand.
    """
    hand, mail = by_hand(catalogue, session, walk), by_mail(catalogue, session, walk)
    if not hand:
        return ""
    phones = "\n\n".join(route.phones.strip() for route in hand)
    parts = [catalogue.screens["by_hand"].fill({"phones": phones})]
    if mail:
        routes = "\n".join(f"- {route.name}" for route in mail)
        parts.append(catalogue.screens["by_hand_rest"].fill({"routes": routes}))
    return "\n\n".join(part.strip() for part in parts)


def stored_words(catalogue: Catalogue, walk: Walk, visit: Visit) -> str:
    """Above the first question about a named child: where what is written here is stored, and how
    little is enough; to people who work with children, also how long it is kept unsent.
    """
    if not catalogue.channel or not _names_a_child(visit):
        return ""
    if any(_names_a_child(before) for before in walk.visits):
        return ""
    worker = walk.facts.get("role") in PROFESSIONALS
    values = {"channel": catalogue.channel, "hours": str(catalogue.draft_hours)}
    said = ("chat_stored", "chat_kept") if worker else ("chat_stored",)
    return "\n\n".join(catalogue.screens[screen].fill(values).strip() for screen in said)


def _names_a_child(visit: Visit) -> bool:
    return visit.dialog.manner is Manner.NAMED and isinstance(visit.step, Ask | Tick | Repeat)
