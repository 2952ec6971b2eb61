"""What a digest says is in its messages: each character of it, in order, in its style."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.digests.entities import cut
from bot.digests.read import LeftOut, UnreadableDigest, read_digest
from bot.digests.site import Site
from bot.messages.phrases import languages
from bot.messages.view import MessagePart, render
from storage.model import Digest, EntityType, FormattedText, Layout
from tests.lean import lean
from tests.messages.digests_at_random import from_feed, from_markdown
from tests.messages.reading import all_parts, body, in_digest, ink, said_by, unread, whole_text
from tests.running import SHARED, needs_shared
from tests.samples_of_ours import read, samples

LAYOUTS: tuple[Layout, ...] = ("full", "headlines")
DEMO = sorted((Path(__file__).parents[2] / "bot" / "cli" / "demo_digests").glob("*.md"))
OTHERS = sorted(SHARED.glob("seeds/*.md")) + sorted(
    path for path in SHARED.glob("corpus/*/**/*") if path.suffix in (".md", ".markdown", ".mdx")
)
# Of those the layouts make use themselves.
KEPT = {EntityType.BOLD, EntityType.STRIKETHROUGH, EntityType.CODE, EntityType.PRE, EntityType.TEXT_LINK}
Styles = frozenset[tuple[EntityType, str]]


@pytest.mark.parametrize("file", samples(), ids=lambda file: file.name)
def test_a_sample_is_in_its_messages(file: Path) -> None:
    check(read(file))


@pytest.mark.parametrize("file", DEMO, ids=lambda file: file.name)
def test_a_digest_of_the_demo_is_in_its_messages(file: Path) -> None:
    said = digest_in(file.read_bytes().replace(b"{date}", b"2025-07-22").replace(b"{stamp}", b"2025.07.22.04"))

    assert said is not None
    check(said)


@needs_shared
@pytest.mark.parametrize("file", lean(OTHERS, most=15), ids=lambda file: f"{file.parts[-3]}/{file.stem}")
def test_a_real_digest_is_in_its_messages(file: Path) -> None:
    said = digest_in(file.read_bytes(), file.name)

    if said is None:
        pytest.skip("left out or refused, with the reason")
    check(said)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.sampled_from([from_markdown, from_feed]))
def test_any_digest_is_in_its_messages(random: Random, made: Callable[[Random], Digest | None]) -> None:
    check_made(made(random))


@pytest.mark.long
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.sampled_from([from_markdown, from_feed]))
def test_any_of_many_digests_is_in_its_messages(random: Random, made: Callable[[Random], Digest | None]) -> None:
    check_made(made(random))


def check_made(said: Digest | None) -> None:

    if said is not None:
        check(said)


def digest_in(content: bytes, name: str = "x.md") -> Digest | None:
    site = Site("https://example.org/")
    try:
        said = read_digest(content, name, site=site, now=datetime(2026, 11, 22, tzinfo=UTC))
    except UnreadableDigest:
        return None
    return said.digest if isinstance(said, LeftOut) else said


def check(digest: Digest) -> None:
    """Hold the messages of *digest* to what it says: in one go, and with a button under each."""
    for layout in LAYOUTS:
        for language in languages():
            at_once = render(digest, layout=layout, language=language, most=100_000)
            assert ink(at_once[0].text).startswith(ink(digest.title[:900]))
            assert ink("".join(map(body, at_once))) == in_digest(digest, layout)
        tapped = all_parts(replace(digest, permalink=None), layout=layout, most=1)
        for parts in (at_once, tapped):
            assert list(unread(whole_text(digest, layout), map(body, parts))) == []
            if layout == "full":
                assert styles_lost(digest, parts) == []


def styles_lost(digest: Digest, parts: Iterable[MessagePart]) -> list[str]:
    """Where the intro or a summary of *digest* has other styles in *parts*."""
    meant = [
        each
        for said in said_by(digest, "full")
        for each in (styled(said) if isinstance(said, FormattedText) else of_the_layout(said))
    ]
    shown = [each for part in parts for each in styled(below_header(part))]
    pairs = zip(meant, shown, strict=True)
    return [f"{sign}: {wanted} became {got}" for (sign, wanted), (_, got) in pairs if wanted not in (None, got)]


def of_the_layout(text: str) -> list[tuple[str, None]]:
    return [(sign, None) for sign in ink(text)]


def styled(text: FormattedText) -> list[tuple[str, Styles]]:
    """The ink of *text*, each sign with its styles."""
    styles: list[Styles] = [frozenset()] * len(text.text)
    for entity in text.entities:
        if entity.type in KEPT:
            for at in range(entity.offset, entity.offset + entity.length):
                styles[at] |= {(entity.type, entity.value)}
    return [(sign, styles[at]) for at, sign in enumerate(text.text) if ink(sign)]


def below_header(part: MessagePart) -> FormattedText:
    text = body(part)
    return cut(FormattedText(part.text, part.entities), len(part.text) - len(text), len(part.text))
