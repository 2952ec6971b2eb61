"""TDLib takes every digest and roundup with whatever somebody puts under it, and nothing is lost for it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messages.entities import as_bot_api, from_bot_api
from bot.messages.parts import MessagePart, with_ending
from bot.messages.phrases import languages
from bot.messages.roundup import render_roundup
from bot.messages.view import in_words, render
from storage.model import Digest
from tests.messages.chosen import HEADINGS, a_selection
from tests.messages.digests_at_random import from_feed, from_markdown
from tests.messages.endings_at_random import LARGEST, an_ending
from tests.messages.reading import body, ink
from tests.messages.test_view_against_tdlib import LAYOUTS, judge_part

brief = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
many = settings(max_examples=1_500, deadline=None, suppress_health_check=list(HealthCheck), database=None)
shrinking, seeded = st.randoms(use_true_random=False), st.randoms(use_true_random=True)


@brief
@given(shrinking)
def test_telegram_takes_whatever_stands_under_a_digest(random: Random) -> None:
    _judge_digest(random)


@brief
@given(shrinking)
def test_telegram_takes_whatever_stands_under_a_roundup(random: Random) -> None:
    _judge_roundup(random)


@pytest.mark.long
@many
@given(seeded)
def test_telegram_takes_whatever_stands_under_a_digest_a_thousand_times(random: Random) -> None:
    _judge_digest(random)


@pytest.mark.long
@many
@given(seeded)
def test_telegram_takes_whatever_stands_under_a_roundup_a_thousand_times(random: Random) -> None:
    _judge_roundup(random)


@brief
@given(shrinking)
def test_a_footer_comes_back_from_telegram_as_it_was_given(random: Random) -> None:
    footer = an_ending(random).footer

    assert from_bot_api(footer.text, as_bot_api(footer.text, footer.entities)) == footer


def _judge_digest(random: Random) -> None:
    digest = _digest(random)
    if digest is None:
        return
    bare = replace(digest, permalink=random.choice((digest.permalink, None)))
    chosen: dict[str, Any] = {"language": random.choice(languages()), "selection": a_selection(random, digest)}
    for most in (1, random.choice((2, 5, 50))):
        for layout in LAYOUTS:
            _judge(partial(render, bare, layout=layout, most=most, headings=HEADINGS, **chosen), random)


def _judge_roundup(random: Random) -> None:
    digests = [digest for digest in (_digest(random) for _ in range(random.randint(1, 4))) if digest is not None]
    collected = [(digest, a_selection(random, digest)) for digest in digests]
    if not collected:
        return
    chosen: dict[str, Any] = {"language": random.choice(languages()), "layout": random.choice(LAYOUTS)}
    most = random.choice((1, 2, 5, 50))
    _judge(partial(render_roundup, collected, most=most, headings=HEADINGS, **chosen), random)


def _judge(laid_out: Callable[..., tuple[MessagePart, ...]], random: Random) -> None:
    parts, plain = laid_out(signed=True), laid_out(signed=False)
    if parts[-1].rest is plain[-1].rest is None and "…" not in parts[-1].text + plain[-1].text:
        assert ink("".join(map(body, parts))) == ink("".join(map(body, plain)))
    for part in parts[:-1]:
        judge_part(part)
    for ending in (an_ending(random), LARGEST):
        last = with_ending(in_words(parts[-1]), ending)
        judge_part(last)
        assert last.text.startswith(in_words(parts[-1]).text)
        assert ink(last.text).endswith(ink(ending.footer.text + (f"— {ending.signature}" if ending.signature else "")))


def _digest(random: Random) -> Digest | None:
    return random.choice((from_markdown, from_feed))(random)
