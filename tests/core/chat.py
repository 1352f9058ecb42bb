"""A person who talks to the little content, with the host played as the services play it.

Codes are made, opened and kept; between two turns the session is written and read again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.core import hosted
from bot.core.catalogue import Catalogue
from bot.core.emergency import DIAL_999, HEADER
from bot.core.engine import advance
from bot.core.guidance import Answer, Found
from bot.core.receipts import make_code
from bot.core.session import Session
from bot.core.submission import Submission
from bot.core.turn import (
    Begin,
    Effect,
    Find,
    Give,
    Gone,
    Input,
    Later,
    LookUp,
    Media,
    MediaKind,
    Park,
    Press,
    Reply,
    Say,
    ScreenKind,
    Submit,
    Withdraw,
)
from bot.core.turning import show
from bot.core.walk import Walk
from tests.core.little import catalogue

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)  # a Saturday
CODE = make_code(bytes(10))
OTHER_CODE = make_code(b"\x01" * 10)
PAUSE_CODE = make_code(b"\x02" * 10)
NOTHING = Reply((), 0)


@dataclass
class Chat:
    """One person talking; between two turns the session is written and read again."""

    catalogue: Catalogue = field(default_factory=catalogue)
    now: datetime = NOON
    session: Session | None = None
    reply: Reply = NOTHING
    effects: tuple[Effect, ...] = ()
    sent: list[Submission] = field(default_factory=list)
    opens: dict[str, Mapping[str, object] | bytes] = field(default_factory=dict)
    carry: bool = False  # keep session and walk in memory, as the services do between turns
    walk: Walk | None = None

    def take(self, given: Input) -> Chat:
        before = self.session
        turn = advance(self.catalogue, before, given, self.now, self.walk if self.carry else None)
        self.walk = turn.walk
        self.reply, self.effects = turn.reply, turn.effects
        self.session = turn.session
        for effect in turn.effects:
            self._host(effect)
        if self.session is not None:
            again = Session.load(self.session.dump())
            assert again == self.session
            self.session = self.session if self.carry else again
            self._check_turns(before, self.session)
        if not isinstance(given, Gone):
            check_reply(self.reply)
        return self

    def _check_turns(self, before: Session | None, after: Session) -> None:
        """A screen with other buttons belongs to a later turn, so an older press is stale."""
        if before is None or self.text.startswith(DIAL_999):
            return
        kept = (before.answers, before.overlay, before.changing, before.marks, before.page)
        if kept != (after.answers, after.overlay, after.changing, after.marks, after.page):
            assert after.turn > before.turn
        assert after.turn >= before.turn

    def _host(self, effect: Effect) -> None:
        session, note = self.session, ""
        if session is None:
            return
        match effect:
            case Give() | Later():
                return  # nothing of it is in the session
            case Submit(made):
                self.sent += made
                adding = bool(session.code)
                bare = replace(session, code="", status={})
                session = bare if adding else hosted.with_code(bare, CODE)
            case Park(draft):
                self.opens[PAUSE_CODE] = draft
                session = hosted.with_pause_code(session, PAUSE_CODE)
            case LookUp(code):
                match self.opens.get(code):
                    case None:
                        note = "[code_unknown]"
                    case bytes() as draft:
                        session = hosted.with_draft(session, draft)
                    case status:
                        session = hosted.with_receipt(session, code, status)
            case Find(query):
                words = query.casefold().removeprefix("perhaps ")
                known = [
                    p for p in self.catalogue.guidance.values() if words in p.title.casefold()
                ]
                answers = tuple(Answer(passage, 1.0) for passage in known)
                sure = words == query.casefold()
                found = Found(told=answers) if sure else Found(perhaps=answers)
                session = hosted.with_found(session, found)
            case Withdraw():
                status = {**session.status, "states": {"police": "withdrawn"}}
                session = replace(session, status=status, turn=session.turn + 1)
            case _:
                raise AssertionError(effect)
        self.session = session
        self.reply = show(self.catalogue, session, note)

    def start(self, payload: str = "") -> Chat:
        return self.take(Begin(payload))

    def say(self, *words: str) -> Chat:
        for word in words:
            self.take(Say(word))
        return self

    def press(self, *labels: str) -> Chat:
        for label in labels:
            assert label in self.labels, f"{label!r} is not among {self.labels}"
            option = next(
                b.option for s in self.reply.screens for b in s.buttons if b.label == label
            )
            self.take(Press(self.reply.turn, option))
        return self

    def photo(self) -> Chat:
        return self.take(Media(MediaKind.PHOTO))

    def wait(self, minutes: int) -> Chat:
        self.now += timedelta(minutes=minutes)
        return self

    @property
    def text(self) -> str:
        return "\n".join(screen.text for screen in self.reply.screens)

    @property
    def labels(self) -> list[str]:
        return [button.label for screen in self.reply.screens for button in screen.buttons]

    @property
    def asks(self) -> str:
        """The last line on the screen."""
        return self.text.rpartition("\n")[2]

    @property
    def gifts(self) -> list[Give]:
        """What the host was asked to make."""
        return [effect for effect in self.effects if isinstance(effect, Give)]

    @property
    def kind(self) -> ScreenKind:
        return self.reply.screens[-1].kind

    @property
    def present(self) -> Session:
        assert self.session is not None
        return self.session


def check_reply(reply: Reply) -> None:
    """What is true of every reply: 999 first, and nothing outgrows the channel."""
    assert reply.screens
    for screen in reply.screens:
        first = screen.text.startswith(HEADER) or screen.kind is ScreenKind.URGENT
        assert first or (screen.kind is ScreenKind.FAREWELL and not screen.buttons)
        assert 0 < len(screen.text.encode("utf-16-le", "surrogatepass")) // 2 <= 4096
        for button in screen.buttons:
            assert button.option.isascii()
            assert 0 < len(button.option) <= 24
            assert button.label


def at_review(given: Catalogue | None = None, child: str = "No") -> Chat:
    """A chat that stands at the review, everything answered."""
    chat = Chat(given or catalogue()).start().press("No", "North", "Public", child)
    if child != "No":
        chat.say("Sam", "14")
    chat.say("vodka", "20/11/2026", "1", "done", "Yes, one", "tall", "No more", "AB1", "yes")
    assert "Look: " in chat.text
    return chat


# A state of every kind, reached by talking: steps inside calls and repeats, and every overlay.
STATES = {
    "a choice": lambda: Chat().start(),
    "a tell": lambda: Chat().start().press("Yes"),
    "a choice in a call": lambda: Chat().start().press("No", "North", "Public"),
    "a short text": lambda: Chat().start().press("No", "North", "Public", "Yes"),
    "a number": lambda: Chat().start().press("No", "North", "Public", "Yes").say("Sam"),
    "a long text": lambda: Chat().start().press("No", "North", "Public", "No"),
    "a date": lambda: Chat().start().press("No", "North", "Public", "No").say("vodka"),
    "a tick": lambda: (
        Chat().start().press("No", "North", "Public", "No").say("vodka", "skip", "1")
    ),
    "a gate": lambda: (
        Chat().start().press("No", "North", "Public", "No").say("vodka", "skip", "none")
    ),
    "an item": lambda: (
        Chat().start().press("No", "North", "Public", "No").say("x", "skip", "none", "yes")
    ),
    "the review": at_review,
    "an end": lambda: Chat().start().press("No", "Elsewhere", "Public"),
    "the answers": lambda: at_review().say("answers"),
    "a change": lambda: at_review().say("4"),
    "resuming": lambda: at_review().start(),
    "deleting": lambda: at_review().say("delete"),
    "typing a code": lambda: at_review().say("receipt"),
    "a receipt": lambda: with_receipt().say(OTHER_CODE),
    "a new code": lambda: at_review().press("Send it"),
    "a pause code": lambda: at_review().say("pause"),
    "after sending": lambda: at_review().press("Send it", "<saved_it>"),
    "looking up": lambda: at_review().say("look up"),
    "an answer": lambda: at_review().say("? missing"),
    "no answer": lambda: at_review().say("? bus times"),
    "perhaps an answer": lambda: at_review().say("? perhaps missing"),
    "an addition": lambda: with_receipt().say(OTHER_CODE).press("<add_more>"),
}

RECEIPT = {
    "states": {"police": "saved", "council": "handed_over", "gone": "problem"},
    "routes": ["police"],
    "references": {"police": "R-1"},
    "saved_on": "2026-11-20",
}


def with_receipt(chat: Chat | None = None) -> Chat:
    """A chat for which a code opens a report that was sent before."""
    chat = chat or Chat().start()
    chat.opens[OTHER_CODE] = RECEIPT
    return chat
