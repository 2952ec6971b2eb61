"""The words of a digest file are in its digest."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.digests.front_matter import read_front_matter
from bot.digests.read import LeftOut, UnreadableDigest, read_digest
from bot.digests.site import Site
from tests.digests.words import lost_words, words_in_source

ROOT = Path(__file__).parents[2]
DEMO = sorted((ROOT / "bot" / "cli" / "demo_digests").glob("*.md"))
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.md"))
CORPUS = sorted(
    path for path in (ROOT.parent / "shared" / "corpus").glob("*/**/*") if path.suffix in (".md", ".markdown")
)


def lost(file: Path) -> tuple[Counter[str], int]:
    """The words of *file* that are lost, and how many it has."""
    content = file.read_bytes().replace(b"{date}", b"2025-07-22").replace(b"{stamp}", b"2025.07.22.04")
    read = read_digest(content, file.name, site=Site("https://example.org/"), now=datetime(2026, 1, 1, tzinfo=UTC))
    digest = read.digest if isinstance(read, LeftOut) else read
    body = read_front_matter(content, file.name).body
    return (lost_words(body, digest), words_in_source(body).total()) if digest else (Counter(), 0)


@pytest.mark.parametrize("file", DEMO + SEEDS, ids=lambda file: file.name)
def test_a_digest_of_the_demo_or_a_seed_loses_no_word(file: Path) -> None:
    assert lost(file)[0] == Counter()


@pytest.mark.skipif(not CORPUS, reason="shared/corpus is not beside this clone")
def test_real_digests_lose_little_but_greetings_and_boilerplate() -> None:
    lost_in_all = in_all = 0
    for file in CORPUS:
        try:
            missing, words = lost(file)
        except UnreadableDigest:
            continue
        lost_in_all += missing.total()
        in_all += words

    assert in_all > 100_000
    assert lost_in_all / in_all < 0.035


@pytest.mark.parametrize(
    ("body", "words"), [("1. [a](b) <!-- c -->\n\n   d", "ad"), ("![e](f) [g][h]\n\n[h]: i", "eg")]
)
def test_what_no_reader_sees_is_no_word(body: str, words: str) -> None:
    assert words_in_source(body) == Counter(words)
