"""Loading a whole edition: from the folders dialogs/ and rules/, or from the same files kept."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from bot.collecting import not_collecting
from bot.core.catalogue import Catalogue
from bot.core.routing import Mailbox
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.deadlines import deadlines_in, holidays_in
from bot.loading.dialogs import link_dialogs
from bot.loading.faults import Faults, Place
from bot.loading.files import COMMON, Files, read_files
from bot.loading.forms import layouts_in
from bot.loading.mailboxes import mailboxes_in, overridden
from bot.loading.names import names_of
from bot.loading.noticing import danger_in, wording_in
from bot.loading.packs import (
    acronyms_in,
    areas_in,
    blame_in,
    giveaways_in,
    labels_in,
    routes_in,
    screens_in,
    words_in,
)
from bot.loading.passages import passages_in
from bot.loading.proving import prove_all
from bot.loading.rulebook import all_groups, link_books

FOLDERS: Final = ("dialogs", "rules")


def bundle(root: Path, areas: tuple[str, ...] | None = None) -> dict[str, bytes]:
    """Every file of the content, by its path below `root`; with `areas`, of these and common."""
    wanted = None if areas is None else {COMMON, *areas}
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in FOLDERS
        for path in sorted((root / folder).glob("*/**/*.yaml"))
        if wanted is None or path.relative_to(root).parts[1] in wanted
    }


def load_catalogue(
    root: Path,
    *,
    areas: tuple[str, ...] | None = None,
    mailboxes_file: Path | None = None,
    training: bool = True,
) -> Catalogue:
    """The content below `root`; raises ContentError with every problem.

    `areas` limits it to these packs; `mailboxes_file` is laid over the packs' mailboxes.
    """
    faults = Faults([])
    files = bundle(root, areas)
    for area in areas or ():
        if f"rules/{area}/area.yaml" not in files:
            known = [path.parent.name for path in root.glob("rules/*/area.yaml")]
            message = f"There is no area `{area}`."
            faults.add(Place("rules", 1), Code.UNKNOWN_AREA, message, written=area, allowed=known)
    faults.raise_any()
    return load_from(files, mailboxes_file=mailboxes_file, training=training)


@not_collecting()
def load_from(
    files: Mapping[str, bytes], *, mailboxes_file: Path | None = None, training: bool = True
) -> Catalogue:
    """The same from memory, as `bundle` made it; raises ContentError with every problem."""
    faults = Faults([])
    content = link(files, faults, mailboxes_file=mailboxes_file, training=training)
    faults.raise_any()
    return content.catalogue


def link(
    sources: Mapping[str, bytes],
    faults: Faults,
    *,
    mailboxes_file: Path | None = None,
    training: bool = True,
) -> Content:
    """Everything as far as it can be linked; whatever is wrong is in `faults`."""
    files = read_files(sources, faults)
    areas = areas_in(files, faults)
    names = names_of(files, tuple(areas), faults)
    books = link_books(files, names, _hashes(sources), faults)
    catalogue = Catalogue(
        edition=edition_of(sources),
        dialogs=link_dialogs(files, names, {a.id: a.name for a in areas.values()}, faults),
        facts={id_: fact for id_, fact in names.facts.items() if fact is not None},
        rules={id_: linked.book for id_, linked in books.items()},
        routes=routes_in(files, names, faults),
        layouts=layouts_in(files, names, faults),
        mailboxes=_mailboxes(files, mailboxes_file, faults),
        areas=areas,
        words=words_in(files, faults),
        screens=screens_in(files, faults),
        labels=labels_in(files, faults),
        giveaways=giveaways_in(files),
        files=_hashes(sources),
        groups=all_groups([linked.book for linked in books.values()]),
        danger=danger_in(files, faults),
        wording=wording_in(files, faults),
        guidance=passages_in(files, faults),
        deadlines=deadlines_in(files, faults),
        holidays=holidays_in(files),
        acronyms=acronyms_in(files, faults),
        training=training,
    )
    prove_all(books.values(), faults)
    return Content(catalogue, books, files, blame_in(files))


def _hashes(sources: Mapping[str, bytes]) -> dict[str, str]:
    return {path: sha256(raw).hexdigest()[:16] for path, raw in sources.items()}


def _mailboxes(files: Files, file: Path | None, faults: Faults) -> dict[str, Mailbox]:
    packed = mailboxes_in(files)
    return packed if file is None else overridden(packed, file, faults)


def edition_of(sources: Mapping[str, bytes]) -> str:
    """The content hash of a whole edition: equal files, equal edition."""
    whole = sha256()
    for path, raw in sorted(sources.items()):
        whole.update(f"{path}\0{len(raw)}\0".encode())
        whole.update(raw)
    return whole.hexdigest()[:32]
