"""A turn in the making: where the person stands, and the few ways a turn can come out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot.core import emergency
from bot.core.catalogue import Catalogue
from bot.core.dialog import End, Outcome
from bot.core.handover import submissions
from bot.core.session import Overlay, Session
from bot.core.submission import Submission
from bot.core.turn import Button, Effect, Forget, Reply, Screen, ScreenKind, Submit
from bot.core.view import present, reply_of
from bot.core.walk import Walk, replay

LAPSE_MINUTES: Final = 30  # of an anonymous draft that was not paused with a code
ADDITION: Final = "common/addition"  # the dialog that adds to a report by its receipt


@dataclass(frozen=True, slots=True)
class Turn:
    """What one input makes: the session to keep (None: forget), what to show, what to do."""

    session: Session | None
    reply: Reply
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a turn starts. `new` is a person not known (or lapsed); `idle` is minutes away."""

    catalogue: Catalogue
    session: Session
    now: datetime
    new: bool = False
    idle: int = 0

    @property
    def covered(self) -> bool:
        """Whether one of the program's own screens lies over the walk."""
        return self.session.overlay is not Overlay.NONE


def minutes(now: datetime) -> int:
    """Whole minutes since 1970 (UTC): the only time a session holds."""
    return int(now.timestamp()) // 60


def begin(catalogue: Catalogue, now: datetime, **given: str | int) -> Session:
    """A fresh session at the first step, with facts the host already knows."""
    return Session(catalogue.edition, catalogue.root, 1, given=given, touched=minutes(now))


def begin_again(stand: Stand, **changes: Any) -> Turn:  # noqa: ANN401 - the fields of Session
    """A fresh session in the same chat: earlier buttons stay stale, earlier updates stay taken."""
    old = stand.session
    fresh = begin(stand.catalogue, stand.now)
    return settle(stand, replace(fresh, turn=old.turn + 1, update=old.update, **changes))


def lapse_after(catalogue: Catalogue, session: Session) -> int:
    """Minutes without an input after which a session is gone: half an hour, or the draft hours
    for a professional, whose answers are the same person's all day.
    """
    roles = (a.value for place, a in session.answers.items() if place.endswith("role"))
    professional = any(role in {"professional", "social_worker"} for role in roles)
    return catalogue.draft_hours * 60 if professional else LAPSE_MINUTES


def lapses_at(catalogue: Catalogue, session: Session, now: datetime) -> int:
    """When a session may be erased, in minutes since 1970 (UTC)."""
    return minutes(now + timedelta(minutes=lapse_after(catalogue, session)))


def urgent(turn: int) -> Reply:
    """The 999 screen: from code, whatever the state of everything else."""
    on = Button(emergency.CARRY_ON_OPTION, emergency.CARRY_ON)
    return Reply((Screen(emergency.DIAL_999, (on,), ScreenKind.URGENT, protect=False),), turn)


def aside(catalogue: Catalogue, turn: int, screen: str) -> Reply:
    """One of the program's own texts beside the conversation, with a way back to it."""
    on = Button(emergency.CARRY_ON_OPTION, emergency.CARRY_ON)
    text = f"{emergency.HEADER}\n\n{catalogue.screens[screen].source.strip()}"
    return Reply((Screen(text, (on,), protect=False),), turn)


def show(catalogue: Catalogue, session: Session, note: str = "") -> Reply:
    """The present screen of a session, under a note on what just happened."""
    return reply_of(session, present(catalogue, session, replay(catalogue, session)), note)


def again(stand: Stand, note: str = "", effects: tuple[Effect, ...] = ()) -> Turn:
    """The present screen, unchanged, perhaps under one of the program's own notes."""
    said = stand.catalogue.screens[note].fill({}) if note else ""
    return Turn(stand.session, show(stand.catalogue, stand.session, said), effects)


def move(stand: Stand, **changes: Any) -> Turn:  # noqa: ANN401 - the fields of Session
    """The session with these changes, and its screen; earlier buttons become stale."""
    return settle(stand, replace(stand.session, turn=stand.session.turn + 1, **changes))


def gone(catalogue: Catalogue, screen: str, kind: ScreenKind = ScreenKind.NOTICE) -> Turn:
    """The end of everything kept about this chat. The farewell says nothing of what it was for."""
    text = catalogue.screens[screen].source.strip()
    if kind is not ScreenKind.FAREWELL:
        text = f"{emergency.HEADER}\n\n{text}"
    return Turn(None, Reply((Screen(text, (), kind),), 0, clear=True), (Forget(),))


def settle(stand: Stand, session: Session) -> Turn:
    """The turn that stands at this session: its screen, or the sending it has come to."""
    walk = replay(stand.catalogue, session)
    step = walk.here.step
    sending = isinstance(step, End) and step.outcome is Outcome.SEND
    if sending and session.overlay is Overlay.NONE and not session.changing:
        made = submissions(stand.catalogue, session, walk, stand.now.date())
        if made:
            after = _after_sending(session, walk, made)
            return Turn(after, Reply((), after.turn), (Submit(made),))
    return Turn(session, reply_of(session, present(stand.catalogue, session, walk)))


def _after_sending(session: Session, walk: Walk, made: tuple[Submission, ...]) -> Session:
    """Nothing of the report stays: only where it went, and which text comes last."""
    return Session(
        edition=session.edition,
        root=session.root,
        turn=session.turn,
        update=session.update,
        touched=session.touched,
        overlay=Overlay.SENT if session.root == ADDITION else Overlay.CODE,
        code=session.code,
        status=session.status,
        sent=tuple(submission.route for submission in made),
        last=f"{walk.here.dialog.id}:{walk.here.step.id}",
    )
