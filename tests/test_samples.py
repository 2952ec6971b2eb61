"""Each sample becomes the digest and the messages that are written out beside it."""

from pathlib import Path

import pytest

from storage.model import Entity, EntityType, FormattedText
from tests.samples_of_ours import (
    digest_file,
    digest_written_out,
    marked,
    messages_file,
    messages_written_out,
    read,
    samples,
)


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.stem)
def test_a_sample_becomes_the_digest_written_out_beside_it(sample: Path) -> None:
    assert digest_written_out(read(sample)) == digest_file(sample).read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.stem)
def test_a_sample_becomes_the_messages_written_out_beside_it(sample: Path) -> None:
    assert messages_written_out(read(sample)) + "\n" == messages_file(sample).read_text(encoding="utf-8")


def test_styles_are_written_out_around_their_words() -> None:
    text = FormattedText(
        "🐝 a b",
        (
            Entity(EntityType.TEXT_LINK, 0, 3, "https://a.example/"),
            Entity(EntityType.BOLD, 2, 1),
            Entity(EntityType.CODE, 4, 1),
        ),
    )

    assert marked(text) == "⟦text_link https://a.example/: 🐝 ⟦bold: a⟧⟧ ⟦code: b⟧"
