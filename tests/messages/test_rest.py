"""What the parts of a digest leave out can be asked for, and nothing of it is lost."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages.entities import as_bot_api
from bot.messages.rest import BEGINNING, Place, Rest, ask_for, asked_for
from bot.messages.taps import ShowRest
from bot.messages.view import in_words, render
from storage.model import Digest, Entity, EntityType, FormattedText, Item, Layout
from tests.messages.reading import all_parts, body, unread, whole_text
from tests.tdlib import judge


def a_digest(*items: Item, intro: str = "") -> Digest:
    return Digest(
        "x.md", "News", None, day_only=False, categories=(), items=items, intro=FormattedText(intro, _bold(intro))
    )


def an_item(headline: str, summary: str = "", section: str | None = None) -> Item:
    return Item(FormattedText(headline), "https://a.example/", FormattedText(summary, _bold(summary)), section)


def _bold(text: str) -> tuple[Entity, ...]:
    return (Entity(EntityType.BOLD, 0, len(text)),) if text else ()


def test_the_rest_begins_with_the_item_that_was_not_shown_and_counts_on() -> None:
    digest = a_digest(*(an_item(f"Headline {number}", "x" * 900) for number in range(1, 25)))

    parts = all_parts(digest, layout="full", most=2)

    firsts = [part.text.split("\n")[0] for part in parts]
    assert firsts == ["News (1/2)", "News (2/2)", "News (3/4)", "News (4/4)", "News (5/6)", "News (6/6)"]
    assert [part.rest.label for part in parts if part.rest] == ["… and 16 more", "… and 8 more"]
    assert re.findall(r"Headline \d+", "".join(part.text for part in parts)) == [f"Headline {n}" for n in range(1, 25)]


def test_an_item_that_was_torn_goes_on_where_it_was_torn() -> None:
    sentences = [f"This is sentence {number}." for number in range(1_000)]

    parts = all_parts(a_digest(an_item("Long", " ".join(sentences))), layout="full", most=2)

    assert [part.rest.label for part in parts if part.rest] == ["… read on", "… read on"]
    assert re.findall(r"This is sentence \d+\.", " ".join(part.text for part in parts)) == sentences
    assert all(EntityType.EXPANDABLE_BLOCKQUOTE in {e.type for e in part.entities} for part in parts)


@pytest.mark.parametrize(
    ("summaries", "said"), [(["x" * 900] * 20, "… and 16 more"), (["word " * 2_000], "… cut off here")]
)
def test_where_there_can_be_no_button_it_is_said_in_words(summaries: list[str], said: str) -> None:
    (part,) = render(a_digest(*(an_item("a", each) for each in summaries)), layout="full", language="en", most=1)

    spoken = in_words(part)

    assert spoken.text == f"{part.text}\n\n{said}"
    assert spoken.entities[-1] == Entity(EntityType.ITALIC, len(part.text) + 2, len(said))
    assert spoken.rest is None
    assert len(spoken.text) <= 4_096


def test_a_digest_that_is_shown_whole_has_no_rest_and_no_words_for_it() -> None:
    (part,) = render(a_digest(an_item("a")), layout="full", language="en")

    assert part.rest is None
    assert in_words(part) == part


@pytest.mark.parametrize("start", [Place(3), Place(99, 0, 5), Place(2, 9_999, 5)])
def test_beyond_the_end_there_is_nothing(start: Place) -> None:
    digest = a_digest(an_item("a"), an_item("b"))

    assert render(digest, layout="full", language="en", start=start) == ()


def test_a_place_that_nobody_was_ever_given_is_no_harm() -> None:
    digest = a_digest(an_item("Headline", "e\u0301" * 50))

    (part,) = render(digest, layout="full", language="en", start=Place(1, 24, 10**18 - 1))

    assert part.text.startswith("News (1,000,000,000,000,000,000/1,000,000,000,000,000,000)")
    judge(part.text, as_bot_api(part.text, part.entities))


@given(st.builds(Place, *[st.integers(0, 10**6)] * 3), st.sampled_from(["full", "headlines"]))
def test_a_button_brings_back_what_it_was_made_of(place: Place, layout: Layout) -> None:
    tap = ask_for(Rest("", "", place), digest_id=7, revision=2, layout=layout)

    assert (tap.digest_id, tap.revision) == (7, 2)
    assert asked_for(tap) == (layout, place)


def test_a_layout_that_there_is_not_is_none() -> None:
    assert asked_for(ShowRest(1, 1, layout=2, piece=0, offset=0, parts=0)) is None


_TEXTS = st.one_of(
    st.text("ab 字。. 👨‍👩‍👧\u0301\n", max_size=60),
    st.builds(lambda text, times: text * times, st.text("字ab。 .\n", min_size=1, max_size=30), st.integers(1, 900)),
)
_ITEMS = st.builds(an_item, _TEXTS, _TEXTS, st.sampled_from([None, "S", "T"]))


@settings(max_examples=150, deadline=None)
@given(st.lists(_ITEMS, max_size=12), _TEXTS, st.integers(1, 3), st.sampled_from(["full", "headlines"]))
def test_all_that_is_read_together_is_the_whole_digest(
    items: list[Item], intro: str, most: int, layout: Layout
) -> None:
    digest = a_digest(*items, intro=intro.strip())

    parts = all_parts(digest, layout=layout, most=most)

    assert list(unread(whole_text(digest, layout), map(body, parts))) == []
    for part in parts:
        assert part.rest is None or part.rest.begins != BEGINNING
        for shown in (part, in_words(part)):
            judge(shown.text, as_bot_api(shown.text, shown.entities))
