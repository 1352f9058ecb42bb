"""What a look-up shows of the shipped guidance: one message, with its source and date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.core.catalogue import Catalogue
from bot.core.emergency import HEADER
from bot.core.found import passage_text
from bot.core.shown import SCREEN_UNITS, units
from bot.loading.checks.wording import MAX_WORDS
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
MOST = 2  # buttons of what belongs to a passage, beside the next two


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


def test_every_passage_is_one_message_with_its_source_and_the_year(content: Catalogue) -> None:
    more = len(HEADER) + len(content.screens["found_others"].source) + 4
    for passage in content.guidance.values():
        text = passage_text(content, passage)
        assert units(text) + more <= SCREEN_UNITS, passage.id
        assert re.search(r"\b(19|20)\d\d\b", text.rpartition("From: ")[2]), passage.id


def test_what_belongs_to_a_passage_is_at_most_two_and_there_are_some(content: Catalogue) -> None:
    assert max(len(passage.see) for passage in content.guidance.values()) <= MOST
    assert sum(bool(passage.see) for passage in content.guidance.values()) >= 30


def test_no_sentence_of_a_passage_is_longer_than_a_dialog_may_say_it(content: Catalogue) -> None:
    long = [
        (passage.id, part)
        for passage in content.guidance.values()
        for part in re.split(r"(?<=[.!?:;])\s+|\n+", passage.text)  # ";" parts the items of a list
        if len(re.findall(r"[^\W_][\w'’.-]*", part)) > MAX_WORDS
    ]
    assert long == []


def test_an_acronym_is_spelled_out_in_the_passage_that_uses_it(content: Catalogue) -> None:
    unsaid = [
        (passage.id, acronym)
        for passage in content.guidance.values()
        for acronym, meaning in content.acronyms.items()
        if re.search(rf"\b{acronym}\b", f"{passage.title} {passage.text}")
        and meaning.casefold()
        not in " ".join(f"{passage.title} {passage.whole}".split()).casefold()
    ]
    assert unsaid == []


def test_only_passages_about_words_hold_words_that_blame(content: Catalogue) -> None:
    blame = yaml.safe_load((ROOT / "rules" / "common" / "blame.yaml").read_text("utf-8"))["blame"]
    phrases = [phrase for entry in blame.values() for phrase in entry["phrases"]]
    assert len(phrases) > 30
    holding = {
        passage.id
        for passage in content.guidance.values()
        for phrase in phrases
        if re.search(rf"\b{re.escape(phrase)}\b", passage.whole, re.IGNORECASE)
    }
    about_words = {id_ for id_ in holding if re.search("word|label", id_)}
    # One quotes the definition of 2017 ("appears consensual"), one the name of a model.
    assert holding - about_words == {"definition_2017", "wirral_models"}
