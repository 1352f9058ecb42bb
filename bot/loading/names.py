"""Every id of the content and who may see it: an area sees its own and the common ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.core.facts import Fact
from bot.loading.codes import Code
from bot.loading.facts import link_facts
from bot.loading.faults import Faults
from bot.loading.files import COMMON, Files, holding, once
from bot.loading.scope import Scope
from bot.loading.source import Written
from bot.loading.written_deadlines import DeadlinesFile
from bot.loading.written_dialogs import WrittenDialog
from bot.loading.written_mailboxes import MailboxesFile
from bot.loading.written_packs import FactsFile, RoutesFile
from bot.loading.written_rules import WrittenBook


@dataclass(frozen=True, slots=True)
class Names:
    """Ids as written, before anything is linked; things with a fault are here too."""

    areas: tuple[str, ...]  # in order; `common` and `elsewhere` are not among them
    facts: Mapping[str, Fact | None]
    owners: Mapping[str, str]  # "fact child_age" -> "common"
    dialogs: frozenset[str]
    books: Mapping[str, WrittenBook | None]
    routes: frozenset[str]
    mailboxes: frozenset[str]
    dates: frozenset[str]

    def scope(self, area: str, own: Mapping[str, Fact | None]) -> Scope:
        """What the edges of a dialog of this area may name, with the dialog's own facts."""
        books = [b for id_, b in self.books.items() if b and _area_of(id_) in {area, COMMON}]
        facts = {f: v for f, v in self.facts.items() if self.owners[f"fact {f}"] in {area, COMMON}}
        return Scope(
            facts={**own, **facts},
            indicators=frozenset(str(i) for b in books for i in b.indicators or ()),
            groups=frozenset(str(g) for b in books for g in b.groups or ()),
            outcomes=_outcomes(books),
        )

    def visible(
        self, written: Written, what: str, ids: Iterable[str], code: Code, faults: Faults
    ) -> bool:
        """Whether this id exists and may be used from the file that names it."""
        known = tuple(ids)
        if written not in known:
            message = f"There is no {what} `{written}`."
            faults.add(written.place, code, message, written=written, allowed=known)
            return False
        owner = self.owners.get(f"{what} {written}", _area_of(written))
        area = written.place.file.split("/")[1]
        if owner in {area, COMMON}:
            return True
        message = f"The {what} `{written}` belongs to {owner}; {area} cannot use it."
        faults.add(written.place, Code.NOT_VISIBLE, message)
        return False


def _outcomes(books: Iterable[WrittenBook]) -> dict[str, tuple[str, ...]]:
    """What each table of these rulebooks can say; those of one name are taken together."""
    found: dict[str, tuple[str, ...]] = {}
    for book in books:
        for id_, table in book.tables.items():
            scale = map(str, table.scale if table else ())
            found[str(id_)] = tuple(dict.fromkeys((*found.get(str(id_), ()), *scale)))
    return found


def own_facts(files: Files) -> Iterator[str]:
    """Facts that dialogs declare for themselves."""
    for _, dialog in holding(files, WrittenDialog):
        yield from map(str, dialog.facts or ())


def _area_of(path: str) -> str:
    return path.split("/", 1)[0]


def names_of(files: Files, areas: tuple[str, ...], faults: Faults) -> Names:
    """The ids in these files; an id used twice is recorded."""
    declared = once(
        ((i, f) for _, held in holding(files, FactsFile) for i, f in held.facts.items()),
        "fact",
        faults,
    )
    routes = once(
        ((i, r) for _, held in holding(files, RoutesFile) for i, r in held.routes.items()),
        "route",
        faults,
    )
    boxes = once(
        ((i, m) for _, held in holding(files, MailboxesFile) for i, m in held.mailboxes.items()),
        "mailbox",
        faults,
    )
    dates = _dates(files)
    owned: Mapping[str, Mapping[str, tuple[Written, object]]] = {
        "fact": declared,
        "route": routes,
        "mailbox": boxes,
        "date": dates,
    }
    return Names(
        areas=areas,
        facts=link_facts(dict(declared.values()), areas, faults),
        owners=_owners(owned),
        dialogs=frozenset(file.id for file in files if file.holds in {WrittenDialog, object}),
        books={
            file.id: file.content if isinstance(file.content, WrittenBook) else None
            for file in files
            if file.holds in {WrittenBook, object}
        },
        routes=frozenset(routes),
        mailboxes=frozenset(boxes),
        dates=frozenset(dates),
    )


def _dates(files: Files) -> dict[str, tuple[Written, object]]:
    """The dates of every area; one used twice is told where they are linked."""
    held = (held.deadlines for _, held in holding(files, DeadlinesFile))
    return {str(id_): (id_, date) for dates in held for id_, date in dates.items()}


def _owners(owned: Mapping[str, Mapping[str, tuple[Written, object]]]) -> dict[str, str]:
    return {
        f"{what} {id_}": written.place.file.split("/")[1]
        for what, ids in owned.items()
        for id_, (written, _) in ids.items()
    }
