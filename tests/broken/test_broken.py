"""Every fault the loader and the checks know has a sample that brings exactly its message."""

from __future__ import annotations

import pytest

from bot.loading.check import check_files
from bot.loading.codes import Code
from tests.broken.samples import Sample, good_files, samples

SAMPLES = samples()


def test_the_good_pack_has_no_fault() -> None:
    assert check_files(good_files()) == ()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_broken_sample_brings_exactly_its_messages(sample: Sample) -> None:
    found = tuple(str(problem) for problem in check_files(sample.files()))
    assert found == sample.expected


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_sample_is_named_after_a_code_it_brings(sample: Sample) -> None:
    assert any(f": {sample.code} " in line for line in sample.expected)


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_a_sample(code: Code) -> None:
    assert code in {sample.code for sample in SAMPLES}
