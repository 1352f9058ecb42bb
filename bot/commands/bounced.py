"""`outbox bounced`: sending a mail again that its mailbox accepted and sent back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final

from bot.app import content_of
from bot.commands import UsageError
from bot.core.catalogue import Catalogue
from bot.core.turn import ItemState
from bot.ports import Kept, Outbox
from bot.service.rulings import may_receive
from bot.settings import Settings

_NO_COPY: Final = "No copy of it is kept: ring the team and say what is missing."
_PARKED: Final = "It is parked: outbox retry REFERENCE tries it again."


@dataclass(frozen=True, slots=True)
class Returned:
    """What became of it: how many mails go again and to which mailboxes, and which of those that
    were not accepted are on their way already or parked.
    """

    sent_again: int = 0
    to: tuple[str, ...] = ()
    on_its_way: tuple[str, ...] = ()
    parked: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What an operator should know beside the counts; empty when all is said."""
        if self.sent_again:
            return ""
        if self.on_its_way:
            return f"It is on its way to {', '.join(self.on_its_way)} already."
        return _PARKED if self.parked else _NO_COPY


async def returned(
    settings: Settings, outbox: Outbox, given: argparse.Namespace, today: date
) -> Returned:
    """Send it again: to the desk's second mailbox if it has one that may be used, else to the
    same. Raises UsageError for a mailbox that it did not go to, or when it must be named.
    """
    content = content_of(settings)
    kept = await outbox.kept(given.reference)
    one = _named(kept, given.mailbox, content)
    if one is None:
        return Returned()
    match one.state:
        case ItemState.SAVED:
            return Returned(on_its_way=(one.mailbox,))
        case ItemState.PROBLEM:
            return Returned(parked=(one.mailbox,))
    second = content.mailboxes.get(one.other)
    other = bool(one.other and not given.same and may_receive(second, settings.mode, today))
    if not await outbox.came_back(one.id, to_other=other):
        return Returned()
    return Returned(sent_again=1, to=(one.other if other else one.mailbox,))


def _named(kept: Sequence[Kept], mailbox: str, content: Catalogue) -> Kept | None:
    """The mail that is meant; None when nothing of this reference is kept."""
    went = [one.mailbox for one in kept]
    if mailbox and mailbox not in {*content.mailboxes, *went}:
        near = get_close_matches(mailbox, sorted({*content.mailboxes, *went}))
        raise UsageError("unknown_mailbox", "There is no such mailbox.", near or went)
    named = [one for one in kept if mailbox in {"", one.mailbox}]
    named = named or [one for one in kept if mailbox == one.other and one.state in _GOES]
    if len(named) > 1:
        message = "It went to several mailboxes. Name the one it came back from with --mailbox."
        raise UsageError("which_mailbox", message, went)
    if kept and not named:
        raise UsageError("another_mailbox", "It did not go to that mailbox.", went)
    return named[0] if named else None


_GOES: Final = frozenset({ItemState.SAVED, ItemState.PROBLEM})  # perhaps from that one
