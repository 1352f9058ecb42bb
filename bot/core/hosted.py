"""What the host found out, put into the session: a new code, an opened receipt or draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.core.found import OFFERED
from bot.core.guidance import Found
from bot.core.session import Overlay, Session


def with_code(session: Session, code: str) -> Session:
    """The session showing a new receipt code until the person has saved it."""
    return replace(session, overlay=Overlay.CODE, code=code, turn=session.turn + 1)


def with_pause_code(session: Session, code: str) -> Session:
    """The session showing a pause code; its answers are in the parked draft and nowhere else."""
    return Session(
        edition=session.edition,
        root=session.root,
        turn=session.turn + 1,
        update=session.update,
        touched=session.touched,
        day=session.day,
        overlay=Overlay.CODE,
        code=code,
        status={"pause": True},
    )


def with_receipt(session: Session, code: str, status: Mapping[str, Any]) -> Session:
    """The session showing what a receipt code opened, in place of another one's."""
    under = Overlay.NONE if session.under is Overlay.RECEIPT else session.under
    known = {**session.own().status, **status}  # a draft taken up stays known, to be dropped
    turn = session.turn + 1
    return replace(
        session, overlay=Overlay.RECEIPT, under=under, code=code, status=known, turn=turn
    )


def with_found(session: Session, found: Found) -> Session:
    """The session showing what a look-up found: the best, or what it may be, or that nothing is
    known.
    """
    overlay = Overlay.PERHAPS if found.perhaps else Overlay.FOUND
    shown = (found.told or found.perhaps)[:OFFERED]
    return replace(session, overlay=overlay, found=tuple(one.passage.id for one in shown))


def with_draft(session: Session, draft: bytes) -> Session:
    """A paused draft taken up again: 999 and a neutral question come before any old answer."""
    return replace(
        Session.load(draft),
        overlay=Overlay.RESUME,
        turn=session.turn + 1,
        update=session.update,
        touched=session.touched,
        day=session.day,
    )
