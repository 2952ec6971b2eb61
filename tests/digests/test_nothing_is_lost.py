"""The words of a digest file are in its digest."""

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.digests.front_matter import read_front_matter
from bot.digests.markdown import read_markdown
from bot.digests.placeholders import without_placeholders
from bot.digests.read import LeftOut, UnreadableDigest, read_digest
from bot.digests.site import Site
from storage.model import Digest
from tests.digests.words import lost_words, words_dropped, words_in_source, words_of
from tests.running import needs_shared

BASE = "https://example.org/"
ROOT = Path(__file__).parents[2]
DEMO = sorted((ROOT / "bot" / "cli" / "demo_digests").glob("*.md"))
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.md"))
CORPUS = sorted(
    path for path in (ROOT.parent / "shared" / "corpus").glob("*/**/*") if path.suffix in (".md", ".markdown")
)


def lost(file: Path) -> tuple[Counter[str], Counter[str]]:
    """The words of *file* that are lost, and those of them that no rule drops."""
    content = file.read_bytes().replace(b"{date}", b"2025-07-22").replace(b"{stamp}", b"2025.07.22.04")
    read = read_digest(content, file.name, site=Site(BASE), now=datetime(2026, 1, 1, tzinfo=UTC))
    digest = read.digest if isinstance(read, LeftOut) else read
    if digest is None:
        return Counter(), Counter()
    body = without_placeholders(read_front_matter(content, file.name).body)
    missing = lost_words(body, digest)
    return missing, missing - words_dropped(read_markdown(body, first_line=1, base=BASE), title=digest.title)


@pytest.mark.parametrize("file", DEMO + SEEDS, ids=lambda file: file.name)
def test_a_digest_of_the_demo_or_a_seed_loses_no_word(file: Path) -> None:
    assert lost(file) == (Counter(), Counter())


@needs_shared
@pytest.mark.parametrize("file", CORPUS, ids=lambda file: f"{file.parts[-3]}/{file.stem}")
def test_a_real_digest_loses_no_word_but_by_a_rule(file: Path) -> None:
    try:
        assert lost(file)[1] == Counter()
    except UnreadableDigest:
        pytest.skip("refused, with the reason")


@needs_shared
@pytest.mark.long
def test_what_the_rules_drop_is_little() -> None:
    dropped = words = 0
    for file in CORPUS:
        with suppress(UnreadableDigest):
            dropped += lost(file)[0].total()
            words += words_in_source(read_front_matter(file.read_bytes(), file.name).body).total()

    assert words > 100_000
    assert dropped / words < 0.01


def test_each_word_of_our_own_that_is_lost_is_dropped_by_a_rule() -> None:
    body = (
        "# Insects\n\nHello.\n\n## Contents\n\n- [News](#news)\n\n![Ants](/a.png)\n\n## News\n\n### Bees\n\n#### One"
        "\n\nIt flew.\n\n[Read more](https://a.example/)\n\n### Wasps\n\n- [Sting](https://b.example/)\n\n### Rest\n"
    )
    file = f"---\ntitle: Insects\n---\n{body}".encode()

    read = read_digest(file, "x.md", site=Site(BASE), now=datetime(2026, 1, 1, tzinfo=UTC))

    assert isinstance(read, Digest)
    missing = lost_words(body, read)

    assert missing == words_of("Contents News Ants News Read more Rest")
    assert missing - words_dropped(read_markdown(body, first_line=1, base=BASE), title="Insects") == Counter()


@pytest.mark.parametrize(
    ("body", "words"), [("1. [a](b) <!-- c -->\n\n   d", "ad"), ("![e](f) [g][h]\n\n[h]: i", "eg")]
)
def test_what_no_reader_sees_is_no_word(body: str, words: str) -> None:
    assert words_in_source(body) == Counter(words)
