"""Selections at random, and what somebody reads who presses each button for the rest."""

from collections.abc import Sequence
from random import Random

from bot.messages.parts import MessagePart
from bot.messages.roundup import render_roundup
from bot.messages.view import render
from storage.model import Digest, Heading, Layout, Selection

HEADINGS = {
    7: Heading("早报 2026-11-15", "https://example.org/early/"),
    8: Heading("News from ישראל", None),
    9: Heading("Morning " * 40, "https://example.org/" + "y" * 1_900),
}


def a_selection(random: Random, digest: Digest) -> Selection:
    """Some of the items, or all; some of those told before, by digests that are known and one that is not."""
    places = range(len(digest.items))
    items = tuple(place for place in places if random.random() < 0.6) if random.random() < 0.8 else None
    told = [place for place in (places if items is None else items) if random.random() < 0.3]
    return Selection(items, tuple((place, random.randint(6, 9)) for place in told))


def selected_parts(
    digest: Digest, selection: Selection, *, layout: Layout, most: int, language: str = "en"
) -> list[MessagePart]:
    """The parts of what is selected, those that a button brings, and so on."""
    parts = [*render(digest, layout=layout, language=language, most=most, selection=selection, headings=HEADINGS)]
    while (rest := parts[-1].rest) is not None:
        more = render(
            digest,
            layout=layout,
            language=language,
            most=most,
            start=rest.begins,
            selection=selection,
            headings=HEADINGS,
        )
        assert 0 < len(more) <= most
        parts += more
    return parts


def roundup_parts(
    collected: Sequence[tuple[Digest, Selection]], *, layout: Layout, most: int, language: str = "en"
) -> list[MessagePart]:
    """The parts of a roundup, those that a button brings, and so on."""
    parts = [*render_roundup(collected, layout=layout, language=language, most=most, headings=HEADINGS)]
    while (rest := parts[-1].rest) is not None:
        more = render_roundup(
            collected, layout=layout, language=language, most=most, start=rest.begins, headings=HEADINGS
        )
        assert 0 < len(more) <= most
        parts += more
    return parts
