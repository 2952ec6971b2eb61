"""TDLib takes every selection and every roundup that we make, each message keeps its budgets, and nothing is lost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messages.phrases import languages
from bot.messages.pieces import pieces_of
from bot.messages.roundup import render_roundup
from bot.messages.selected import left_out, places_shown
from bot.messages.told import also_in
from bot.messages.view import render
from storage.links import same_story
from storage.model import Digest, Layout, Selection
from tests.messages.chosen import HEADINGS, a_selection, roundup_parts, selected_parts
from tests.messages.digests_at_random import from_feed, from_markdown
from tests.messages.reading import body, ink, unread
from tests.messages.test_view_against_tdlib import judge_part

LAYOUTS: tuple[Layout, ...] = ("full", "headlines")
brief = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
many = settings(max_examples=800, deadline=None, suppress_health_check=list(HealthCheck), database=None)
shrinking, seeded = st.randoms(use_true_random=False), st.randoms(use_true_random=True)


@brief
@given(shrinking)
def test_telegram_takes_whatever_is_selected(random: Random) -> None:
    _judge_selection(random)


@brief
@given(shrinking)
def test_telegram_takes_whatever_is_collected(random: Random) -> None:
    _judge_roundup(random)


@pytest.mark.long
@many
@given(seeded)
def test_telegram_takes_whatever_is_selected_hundreds_of_times(random: Random) -> None:
    _judge_selection(random)


@pytest.mark.long
@many
@given(seeded)
def test_telegram_takes_whatever_is_collected_hundreds_of_times(random: Random) -> None:
    _judge_roundup(random)


def _judge_selection(random: Random) -> None:
    digest = _digest(random)
    if digest is None:
        return
    most, language, selection = random.choice((1, 2, 5, 50)), random.choice(languages()), a_selection(random, digest)
    # A permalink stands for the rest, so a digest can be read to its end only without.
    bare = replace(digest, permalink=None)
    for layout in LAYOUTS:
        linked = render(digest, layout=layout, language=language, most=most, selection=selection, headings=HEADINGS)
        tapped = selected_parts(bare, selection, layout=layout, language=language, most=most)
        others = selected_parts(bare, left_out(bare, selection), layout=layout, language=language, most=most)
        for part in (*linked, *tapped, *others):
            judge_part(part)
        told = also_in(language, selection, HEADINGS)
        pieces = [piece for piece in pieces_of(bare, layout, selection=selection, told=told) if piece.text.text]
        assert list(unread("".join(piece.gap + piece.text.text for piece in pieces), map(body, tapped))) == []
        headlines = [bare.items[place].headline.text for place in places_shown(bare, selection)]
        assert _lost(headlines, map(body, tapped)) == []
        together = "".join(map(body, (*tapped, *others)))
        assert all(ink(item.headline.text) in ink(together) for item in digest.items)


def _judge_roundup(random: Random) -> None:
    digests = [digest for digest in (_digest(random) for _ in range(random.randint(1, 5))) if digest is not None]
    collected = [(digest, a_selection(random, digest)) for digest in digests]
    if not collected:
        return
    most, language = random.choice((1, 2, 5, 50)), random.choice(languages())
    for layout in LAYOUTS:
        tapped = roundup_parts(collected, layout=layout, language=language, most=most)
        at_once = render_roundup(collected, layout=layout, language=language, most=100_000, headings=HEADINGS)
        for part in (*tapped, *at_once):
            judge_part(part)
        assert ink("".join(map(body, tapped))) == ink("".join(map(body, at_once)))
        assert _lost(list(_of_a_roundup(collected)), map(body, tapped)) == []


def _of_a_roundup(collected: Sequence[tuple[Digest, Selection]]) -> Iterator[str]:
    """What must be read in it, in order: each title, and each headline whose link was not above."""
    seen = set[str]()
    for digest, selection in collected:
        yield digest.title[:150]
        for place in places_shown(digest, selection):
            item = digest.items[place]
            story = same_story(item.link) if item.link else None
            if story is None or story not in seen:
                yield item.headline.text
            seen |= {story} if story else set()


def _lost(wanted: Iterable[str], bodies: Iterable[str]) -> list[str]:
    """Those that do not follow one another."""
    text, at, lost = ink("".join(bodies)), 0, []
    for each in map(ink, wanted):
        found = text.find(each, at)
        if found < 0:
            lost.append(each)
        else:
            at = found + len(each)
    return lost


def _digest(random: Random) -> Digest | None:
    return random.choice((from_markdown, from_feed))(random)
