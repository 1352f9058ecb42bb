"""The last sessions that were committed, still open, so that the next turn need not fetch them."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from bot.ports import PersonKey, StoredSession

_AT_MOST: Final = 256


class Recent:
    """A few committed sessions. Only ever filled after a COMMIT, in its order; a commit is still
    checked against the row, so an entry that another program made stale is dropped by the
    conflict it causes.
    """

    def __init__(self) -> None:
        self._sessions: OrderedDict[PersonKey, StoredSession] = OrderedDict()

    def get(self, person: PersonKey) -> StoredSession | None:
        """The session as it was last committed here, or None when it must be fetched."""
        return self._sessions.get(person)

    def keep(self, person: PersonKey, session: StoredSession) -> None:
        """Remember what was just committed; the one not seen for longest goes."""
        self._sessions[person] = session
        self._sessions.move_to_end(person)
        if len(self._sessions) > _AT_MOST:
            self._sessions.popitem(last=False)

    def drop(self, person: PersonKey) -> None:
        """Forget one person's."""
        self._sessions.pop(person, None)

    def clear(self) -> None:
        """Forget all."""
        self._sessions.clear()
