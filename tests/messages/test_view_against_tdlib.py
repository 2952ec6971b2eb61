"""TDLib takes every message that we make, unchanged, every message keeps its budgets, and together they say all."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messages.budget import Budget
from bot.messages.entities import as_bot_api
from bot.messages.phrases import languages
from bot.messages.view import MessagePart, in_words, render
from storage.model import Digest, FormattedText, Layout
from tests.messages.digests_at_random import from_feed, from_markdown
from tests.messages.reading import all_parts, body, in_digest, ink, unread, whole_text
from tests.tdlib import judge

LAYOUTS: tuple[Layout, ...] = ("full", "headlines")

brief = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
# In quarters, which run side by side; what failed once is written by its seed, so nothing need be kept.
quarter = settings(max_examples=5_000, deadline=None, suppress_health_check=list(HealthCheck), database=None)
shrinking, seeded = st.randoms(use_true_random=False), st.randoms(use_true_random=True)


@brief
@given(shrinking)
def test_telegram_takes_whatever_markdown_becomes(random: Random) -> None:
    _judge_all(from_markdown(random), random)


@brief
@given(shrinking)
def test_telegram_takes_whatever_the_entry_of_a_feed_becomes(random: Random) -> None:
    _judge_all(from_feed(random), random)


@pytest.mark.long
@pytest.mark.parametrize("_quarter", range(4))
@quarter
@given(random=seeded)
def test_telegram_takes_whatever_markdown_becomes_twenty_thousand_times(
    _quarter: int,
    random: Random,
) -> None:
    _judge_all(from_markdown(random), random)


@pytest.mark.long
@settings(quarter, max_examples=4_000)
@given(seeded)
def test_telegram_takes_whatever_the_entry_of_a_feed_becomes_thousands_of_times(random: Random) -> None:
    _judge_all(from_feed(random), random)


def _judge_all(digest: Digest | None, random: Random) -> None:
    if digest is None:
        return
    most, language = random.choice((1, 2, 5, 50, random.randint(1, 50))), random.choice(languages())
    # A permalink stands for the rest, so a digest can be read to its end only without.
    bare = replace(digest, permalink=None)
    for layout in LAYOUTS:
        linked = render(digest, layout=layout, language=language, most=most) if digest.permalink else ()
        tapped = all_parts(bare, layout=layout, language=language, most=most)
        at_once = render(bare, layout=layout, language=language, most=100_000)
        withdrawn = render(replace(digest, withdrawn=True), layout=layout, language=language, most=most)
        for part in dict.fromkeys((*linked, *tapped, *at_once, *withdrawn)):
            judge_part(part)
        # Only the first of its messages is to be changed for that.
        assert withdrawn[1:] == render(digest, layout=layout, language=language, most=most)[1:]
        whole = whole_text(digest, layout)
        for parts in (tapped, at_once):
            assert list(unread(whole, map(body, parts))) == []
        assert ink(whole) == in_digest(digest, layout)


def judge_part(part: MessagePart) -> None:
    """Hold *part* to what Telegram takes, the words for where there are no buttons included."""
    for shown in (part, in_words(part)) if part.rest else (part,):
        assert Budget().holds(Budget.taken_by(FormattedText(shown.text, shown.entities)))
        judge(shown.text, as_bot_api(shown.text, shown.entities))
