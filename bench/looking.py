"""Looking guidance up: the index as it is built when first asked, and one answer."""

from __future__ import annotations

import time
from collections.abc import Iterator

from bench.table import Figure, middle
from bot.adapters.search import Search
from bot.app import ROOT
from bot.loading.asked import questions_in
from bot.loading.load import load_catalogue

_EVERY = 40  # of the questions that people ask, so many are passed over for each one asked


def measured(rounds: int) -> Iterator[Figure]:
    """The build, of its own questions' reading too, and the median answer; CPU."""
    passages = load_catalogue(ROOT).guidance.values()
    builds, answers = [], []
    for _ in range(rounds):
        began = time.process_time()
        questions = questions_in(ROOT)
        search = Search(passages, questions)
        builds.append((time.process_time() - began) * 1e3)
        lines = [line for held in questions.by_passage.values() for line in held][::_EVERY]
        for line in lines:
            began = time.process_time()
            search.look_up(line)
            answers.append((time.process_time() - began) * 1e3)
    yield Figure("index of the guidance, read and built", middle(builds), "ms", 300)
    yield Figure("one look-up, median", middle(answers), "ms", 5)
