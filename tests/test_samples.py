"""Each sample becomes the digest and the messages that are written out beside it."""

from pathlib import Path

import pytest

from tests.samples_of_ours import as_written_out, expectation, messages_written_out, read, samples


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.stem)
def test_a_sample_becomes_the_digest_written_out_beside_it(sample: Path) -> None:
    assert as_written_out(read(sample)) == expectation(sample)["digest"]


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.stem)
def test_a_sample_becomes_the_messages_written_out_beside_it(sample: Path) -> None:
    assert messages_written_out(read(sample)) == expectation(sample)["messages"]
