"""TDLib takes every message that we make, unchanged, and every message keeps its budgets."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.digests.read import LeftOut, UnreadableDigest, read_digest
from bot.digests.site import Site
from bot.messages.entities import as_bot_api
from bot.messages.view import MessagePart, in_words, render
from storage.model import Digest, Layout
from tests.messages.markdowns import markdown
from tests.tdlib import judge

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SLOW_MACHINE = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW_MACHINE)
@given(markdown(), st.sampled_from([None, "https://example.org/news/"]))
def test_telegram_takes_whatever_markdown_becomes(body: str, base: str | None) -> None:
    _judge_all(body, base)


# In quarters, which run side by side.
@pytest.mark.long
@pytest.mark.parametrize("_quarter", range(4))
@settings(max_examples=5_000, deadline=None, suppress_health_check=SLOW_MACHINE)
@given(body=markdown(), base=st.sampled_from([None, "https://example.org/news/"]))
def test_telegram_takes_whatever_markdown_becomes_twenty_thousand_times(
    _quarter: int, body: str, base: str | None
) -> None:
    _judge_all(body, base)


def _judge_all(body: str, base: str | None) -> None:
    digest = _read(body, base)
    if digest is None:
        return
    layouts: tuple[Layout, ...] = ("full", "headlines")
    for layout in layouts:
        parts = render(digest, layout=layout, language="zh-Hans", most=2)
        for part in (*parts, in_words(parts[-1]), *_what_follows(digest, layout, parts[-1])):
            judge(part.text, as_bot_api(part.text, part.entities))


def _what_follows(digest: Digest, layout: Layout, last: MessagePart) -> Iterator[MessagePart]:
    """What the button under *last* sends, and the buttons under that."""
    while last.rest is not None:
        more = render(digest, layout=layout, language="zh-Hans", most=20, start=last.rest.begins)
        yield from more
        last = more[-1]


def _read(body: str, base: str | None) -> Digest | None:
    try:
        read = read_digest(body.encode(errors="replace"), "2026-11-21-x.md", site=Site(base_url=base), now=NOW)
    except UnreadableDigest:
        return None
    return read.digest if isinstance(read, LeftOut) else read
