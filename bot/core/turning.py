"""A turn in the making: where the person stands, and the few ways a turn can come out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot.core import emergency
from bot.core.catalogue import Catalogue
from bot.core.dialog import End, Outcome
from bot.core.facts import PROFESSIONALS
from bot.core.handover import submissions
from bot.core.sending import Want, by_hand, wishes
from bot.core.session import ADDITION, Overlay, Session
from bot.core.submission import Submission
from bot.core.turn import Button, Effect, Forget, Reply, Screen, ScreenKind, Submit
from bot.core.view import present, reply_of
from bot.core.walk import Walk, replay

TURNS_A_MINUTE: Final = 1000  # more than anybody takes
MAX_ANSWERS: Final = 300
LAPSE_MINUTES: Final = 30  # of an anonymous draft that was not paused with a code
# Screens of the program's own that one comes back to.
LASTING: Final = frozenset({Overlay.RESUME, Overlay.RECEIPT, Overlay.SENT})


@dataclass(frozen=True, slots=True)
class Turn:
    """What one input makes: the session to keep (None: forget), what to show, what to do."""

    session: Session | None
    reply: Reply
    effects: tuple[Effect, ...] = ()
    walk: Walk | None = field(default=None, compare=False, repr=False)  # for the next `advance`


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a turn starts. `new` is a person not known (or lapsed); `away` is one who was gone for
    a while, and now stands at the neutral question. `known` may be the session's walk. `lapsed`
    is one whose answers are gone because nothing came for too long.
    """

    catalogue: Catalogue
    session: Session
    now: datetime
    new: bool = False
    away: bool = False
    known: Walk | None = None
    lapsed: bool = False

    def walk(self, session: Session) -> Walk:
        """The walk of a session: the one known already if it is that, else its replay."""
        if self.known is not None and self.known.is_of(self.catalogue, session):
            return self.known
        return replay(self.catalogue, session)

    @property
    def covered(self) -> bool:
        """Whether one of the program's own screens lies over the walk."""
        return self.session.overlay is not Overlay.NONE


def minutes(now: datetime) -> int:
    """Whole minutes since 1970 (UTC): the only time a session holds."""
    return int(now.timestamp()) // 60


def begin(catalogue: Catalogue, now: datetime, **given: str | int) -> Session:
    """A fresh session at the first step, with facts the host already knows. Its turns begin at
    the minute, so that a button of an erased conversation, still on somebody's screen, is stale.
    """
    minute = minutes(now)
    turn = minute * TURNS_A_MINUTE
    day = now.date().isoformat()
    return Session(catalogue.edition, catalogue.root, turn, given=given, touched=minute, day=day)


def begin_again(stand: Stand, **changes: Any) -> Turn:  # noqa: ANN401 - the fields of Session
    """A fresh session in the same chat: earlier buttons stay stale, earlier updates stay taken."""
    old = stand.session
    fresh = begin(stand.catalogue, stand.now)
    return settle(stand, replace(fresh, turn=old.turn + 1, update=old.update, **changes))


def lapse_after(catalogue: Catalogue, session: Session) -> int:
    """Minutes without an input after which a session is gone: half an hour, or the draft hours
    for a professional, whose answers are the same person's all day, and for a code that nobody
    has said they noted (no answer lies beside it).
    """
    roles = (a.value for place, a in session.answers.items() if place.split("/")[-1] == "role")
    given = session.given.values()  # what a link has answered
    professional = any(role in PROFESSIONALS for role in (*roles, *given))
    longer = professional or session.keeps_code
    return catalogue.draft_hours * 60 if longer else LAPSE_MINUTES


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
    walk = stand.walk(stand.session)
    shown = present(stand.catalogue, stand.session, walk)
    return Turn(stand.session, reply_of(stand.session, shown, said), effects, walk)


def move(stand: Stand, **changes: Any) -> Turn:  # noqa: ANN401 - the fields of Session
    """The session with these changes, and its screen; earlier buttons become stale."""
    return settle(stand, replace(stand.session, turn=stand.session.turn + 1, **changes))


def cover(stand: Stand, overlay: Overlay) -> Turn:
    """One of the program's own screens, opened over what is there."""
    session = stand.session
    under = session.overlay if session.overlay in LASTING else session.under
    return move(stand, overlay=overlay, under=under, page=0, found=())


def uncover(stand: Stand) -> Turn:
    """Such a screen closed. What a receipt or a look-up showed is forgotten."""
    session = stand.session
    kept = session.own() if session.overlay is Overlay.RECEIPT else session
    there = replace(stand, session=kept)
    return move(there, overlay=session.under, under=Overlay.NONE, page=0, found=())


def resting(session: Session) -> Session:
    """The session at the neutral question: 999 and "carry on?", and no old answer on screen."""
    own = session.own()
    turn = session.turn + 1
    over, none = Overlay.RESUME, Overlay.NONE
    return replace(own, overlay=over, under=none, page=0, found=(), turn=turn)


def resume(stand: Stand) -> Turn:
    """The turn that asks whether to carry on or to start again."""
    return settle(stand, resting(stand.session))


def gone(
    catalogue: Catalogue,
    screen: str,
    kind: ScreenKind = ScreenKind.NOTICE,
    *,
    errands: bool = True,
) -> Turn:
    """The end of everything kept about this chat, `errands` too unless told otherwise. The
    farewell says nothing of what it was for.
    """
    return _erased(catalogue.screens[screen].source, kind, errands=errands)


def _erased(said: str, kind: ScreenKind = ScreenKind.NOTICE, *, errands: bool = True) -> Turn:
    text = said.strip()
    if kind is not ScreenKind.FAREWELL:
        text = f"{emergency.HEADER}\n\n{text}"
    forget = Forget(errands=errands)
    return Turn(None, Reply((Screen(text, (), kind),), 0, clear=True), (forget,))


def settle(stand: Stand, session: Session, walk: Walk | None = None) -> Turn:
    """The turn that stands at this session: its screen, or the sending it has come to. `walk` is
    the session's, where it is known already.
    """
    walk = walk or stand.walk(session)
    step = walk.here.step
    open_ = session.overlay is Overlay.NONE and not session.changing
    if open_ and isinstance(step, End) and step.outcome is Outcome.ERASE:
        return _erased(step.text.source)
    sending = isinstance(step, End) and step.outcome is Outcome.SEND
    hand = sending and by_hand(stand.catalogue, session, walk)
    if sending and not hand and session.overlay is Overlay.NONE and not session.changing:
        made = submissions(stand.catalogue, session, walk, stand.now.date())
        if made:
            return send(stand, session, walk, made)
    return Turn(session, reply_of(session, present(stand.catalogue, session, walk)), (), walk)


def send(stand: Stand, session: Session, walk: Walk, made: tuple[Submission, ...]) -> Turn:
    """The turn that sends these, with what was asked for beside it."""
    after = _after_sending(stand.catalogue, session, walk, made)
    wants = set(session.wants) & set(wishes(stand.catalogue, session, walk))
    asked = Submit(made, copies=Want.COPY in wants, tell_if_late=Want.LATE in wants)
    return Turn(after, Reply((), after.turn), (asked,))


def _after_sending(
    catalogue: Catalogue, session: Session, walk: Walk, made: tuple[Submission, ...]
) -> Session:
    """Nothing of the report stays: only where it went, and which text comes last."""
    own = session.own()
    return Session(
        edition=session.edition,
        root=catalogue.root,
        turn=session.turn,
        update=session.update,
        touched=session.touched,
        day=session.day,
        overlay=Overlay.SENT if session.root == ADDITION else Overlay.CODE,
        code=own.code,
        status=own.status,
        sent=tuple(submission.route for submission in made),
        last=f"{walk.here.dialog.id}:{walk.here.step.id}",
    )
