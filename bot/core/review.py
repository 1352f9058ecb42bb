"""The answers so far on one screen: to look over before sending, and to choose one to change."""

from __future__ import annotations

from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.dialog import Check
from bot.core.emergency import HEADER
from bot.core.fields import not_filled_in
from bot.core.giveaways import found_words
from bot.core.hours import unstaffed_notes
from bot.core.lines import REVIEW_FITS, review_lines
from bot.core.pointing import one_child
from bot.core.saying import heading, prefix_of, reviewable, routes_of
from bot.core.sending import Want, by_hand, decided, sends, wishes
from bot.core.session import Session
from bot.core.shown import SCREEN_UNITS, Option, Shown, shortened, units
from bot.core.walk import Visit, Walk

REVIEW_LEAST: Final = 600
PAGE: Final = 7  # answers to choose from on one screen of "change"
_FOUND_FITS: Final = 600  # of the words that may give the writer away
_EMPTY_FITS: Final = 600  # of the fields that are not filled in
_NOTE: Final = 900  # room for a note above the review


def check_text(
    catalogue: Catalogue, session: Session, step: Check, walk: Walk, values: dict[str, str]
) -> str:
    """Every answer of the dialog before it goes on, what may give the writer away, the duty
    number where nobody reads it now, where a closed route's numbers are, and which fields the
    forms need are empty.
    """
    visits = reviewable(walk.visits, prefix_of(walk.here))
    after = []
    if found := shortened(one_child(walk), _FOUND_FITS):
        after.append(catalogue.screens["one_child"].fill({"found": found}))
    if step.giveaway and (found := found_words(catalogue, visits)):
        found = shortened(found, _FOUND_FITS)
        after.append(catalogue.screens["giveaway"].fill({"found": found}))
    routes = routes_of(catalogue, session, walk)
    after += unstaffed_notes(catalogue, (catalogue.routes[r] for r in routes), session.touched)
    hand = {route.id for route in by_hand(catalogue, decided(session), walk)}
    if hand and sends(walk.here.dialog, step):
        after.append(catalogue.screens["by_hand_check"].fill({}))
    if sends(walk.here.dialog, step) and Want.COPY in wishes(catalogue, session, walk):
        after.append(catalogue.screens["copy_offer"].fill({}))
    if shut := [r for r in routes if r in catalogue.closed and r not in hand]:
        phones = "\n\n".join(catalogue.routes[route].phones.strip() for route in shut)
        after.append(catalogue.screens["closed_route"].fill({"phones": phones}))
    after.append(shortened(not_filled_in(catalogue, session, walk), _EMPTY_FITS))
    before = step.text.fill(values)
    taken = sum(units(part) + 2 for part in (HEADER, training(catalogue, before), *after))
    room = max(REVIEW_LEAST, min(REVIEW_FITS, SCREEN_UNITS - _NOTE - taken))
    parts = (before, review_lines(catalogue, visits, room=room), *after)
    return training(catalogue, "\n\n".join(part.strip() for part in parts if part.strip()))


def listed(walk: Walk) -> tuple[Visit, ...]:
    """Every answer, in the order of its number: at a review those on its screen come first."""
    if not isinstance(walk.here.step, Check):
        return reviewable(walk.visits)
    shown = reviewable(walk.visits, prefix_of(walk.here))
    return (*shown, *(visit for visit in reviewable(walk.visits) if visit not in shown))


def answers_screen(catalogue: Catalogue, session: Session, walk: Walk) -> Shown:
    """The answers to choose from, a page at a time; "more" comes round to the first page again."""
    visits = listed(walk)
    pages = max(1, -(-len(visits) // PAGE))
    start = session.page % pages * PAGE
    page = visits[start : start + PAGE]
    options = [
        Option("change", shortened(f"{number}. {heading(visit)}", 60), visit.place)
        for number, visit in enumerate(page, start + 1)
    ]
    if pages > 1:
        options.append(Option("more", catalogue.labels["more"]))
    options.append(Option("carry_on", catalogue.labels["carry_on"]))
    title = catalogue.screens["answers_title" if visits else "nothing_here"].fill({})
    text = f"{title}\n\n{review_lines(catalogue, page, first=start + 1)}"
    return Shown(text, tuple(options), typed=True)


def training(catalogue: Catalogue, text: str) -> str:
    """The text, under the training banner in training mode."""
    banner = catalogue.screens["training"].source.strip()
    return f"{banner}\n\n{text}" if catalogue.training else text
