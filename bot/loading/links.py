"""What a link to a route already answers: shared choices alone, never whether a child is in
danger, and never where: that is the route's own area.
"""

from __future__ import annotations

from typing import Final

from bot.core.facts import FactType
from bot.loading.codes import Code
from bot.loading.faults import Faults
from bot.loading.names import Names
from bot.loading.written_packs import WrittenRoute

_NEVER: Final = frozenset({"danger_now", "area"})


def link_of(route: WrittenRoute, names: Names, faults: Faults) -> tuple[tuple[str, str], ...]:
    """Facts and values, each checked; what is wrong is recorded."""
    answered = []
    for id_, value in (route.link or {}).items():
        known = [f for f in names.facts if f not in _NEVER]
        fact = names.facts.get(id_)
        if id_ not in known:
            message = f"A link cannot answer `{id_}`."
            faults.add(id_.place, Code.UNKNOWN_FACT, message, written=id_, allowed=known)
        elif fact is not None and value is not None:
            if fact.type is FactType.CHOICE and value in fact.of:
                answered.append((str(id_), str(value)))
            else:
                message = f"`{id_}` cannot be `{value}`."
                allowed = fact.of if fact.type is FactType.CHOICE else ()
                faults.add(
                    value.place, Code.UNKNOWN_CHOICE, message, written=value, allowed=allowed
                )
    return tuple(answered)
