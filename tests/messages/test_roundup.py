"""How a roundup looks: what several digests brought, each link once."""

import re
from datetime import datetime, timedelta, timezone

import pytest

from bot.messages.parts import in_words
from bot.messages.roundup import render_roundup
from storage.model import ALL, Digest, EntityType, FormattedText, Heading, Item, Selection
from tests.messages.chosen import roundup_parts

MONDAY = datetime(2026, 11, 16, 8, tzinfo=timezone(timedelta(hours=8)))


def an_item(name: str, *, link: str | None = "", summary: str = "It is so.") -> Item:
    return Item(FormattedText(name), f"https://a.example/{name}" if link == "" else link, FormattedText(summary))


def a_digest(title: str, *items: Item, day: int = 0, intro: str = "") -> Digest:
    return Digest(
        f"{title}.md",
        title,
        MONDAY + timedelta(days=day),
        day_only=False,
        categories=(),
        items=items,
        permalink=f"https://example.org/{title}/",
        intro=FormattedText(intro),
    )


MORNING = a_digest("Morning", an_item("Ants"), an_item("Bees"), an_item("Cats"))
EVENING = a_digest("Evening", an_item("Dogs"), an_item("Bees"), day=2)


def test_each_digest_stands_under_its_title_and_each_link_once() -> None:
    (part,) = render_roundup([(MORNING, ALL), (EVENING, ALL)], language="en", layout="headlines", headings={})

    assert part.text == (
        "2 digests, 4 items · since Monday\n\n"
        "Morning\nNovember 16, 2026 08:00 UTC+8\n• Ants\n• Bees\n• Cats\n\n"
        "Evening\nNovember 18, 2026 08:00 UTC+8\n• Dogs"
    )
    links = [e.value for e in part.entities if e.type is EntityType.TEXT_LINK]
    assert links == [
        "https://example.org/Morning/",
        "https://a.example/Ants",
        "https://a.example/Bees",
        "https://a.example/Cats",
        "https://example.org/Evening/",
        "https://a.example/Dogs",
    ]


def test_a_full_roundup_folds_summaries_and_keeps_what_a_digest_says_besides() -> None:
    morning = a_digest("早报", an_item("蚂蚁"), intro="早上好！")

    (part,) = render_roundup(
        [(morning, ALL), (EVENING, Selection((0,)))], language="zh-Hans", layout="full", headings={}
    )

    assert part.text == (
        "2 期简报，共 2 条 · 星期一以来\n\n"
        "早报\n2026年11月16日 08:00 UTC+8\n早上好！\n\n蚂蚁\nIt is so.\n\n"
        "Evening\n2026年11月18日 08:00 UTC+8\nDogs\nIt is so."
    )


@pytest.mark.parametrize(
    ("link", "other"),
    [
        ("https://a.example/x", "https://a.example/x/"),
        ("https://a.example/x", "https://a.example/x?utm_source=rss&utm_medium=feed"),
        ("https://a.example/x?id=3&fbclid=4", "https://a.example/x?id=3#:~:text=bees"),
    ],
)
def test_links_that_differ_in_what_only_tracks_are_one(link: str, other: str) -> None:
    one, two = (
        a_digest("One", an_item("Ants", link=link)),
        a_digest("Two", an_item("Ants!", link=other), an_item("Bees")),
    )

    (part,) = render_roundup([(one, ALL), (two, ALL)], language="en", layout="headlines", headings={})

    assert "Ants!" not in part.text
    assert part.text.startswith("2 digests, 2 items · Monday\n")


def test_a_digest_that_says_nothing_more_is_named_all_the_same() -> None:
    again = a_digest("Again", an_item("Ants"))
    prose = a_digest("Prose", intro="A long letter.")

    (part,) = render_roundup(
        [(MORNING, ALL), (again, ALL), (prose, ALL)], language="en", layout="headlines", headings={}
    )

    assert part.text.split("\n\n")[2:] == [
        "Again\nNovember 16, 2026 08:00 UTC+8\nAll of it stands above",
        "Prose\nNovember 16, 2026 08:00 UTC+8",
    ]


def test_items_without_a_link_are_all_there() -> None:
    items = an_item("Ants", link=None), an_item("Ants", link=None)

    (part,) = render_roundup([(a_digest("One", *items), ALL)], language="en", layout="headlines", headings={})

    assert part.text.startswith("One digest, 2 items · Monday\n")
    assert part.text.count("• Ants") == 2


def test_what_was_told_before_is_folded_here_too() -> None:
    told = Selection(None, ((1, 7),))

    (part,) = render_roundup(
        [(MORNING, told)], language="en", layout="full", headings={7: Heading("Sunday", "https://example.org/s/")}
    )

    assert "\n\n• Bees · also in Sunday\n\n" in part.text


def test_over_more_than_a_week_the_day_is_named() -> None:
    late = a_digest("Late", an_item("Elks"), day=9)

    (part,) = render_roundup([(MORNING, ALL), (late, ALL)], language="en", layout="headlines", headings={})

    assert part.text.startswith("2 digests, 4 items · since November 16, 2026\n")


def test_a_long_roundup_comes_in_parts_and_a_button_brings_the_rest() -> None:
    collected = [
        (a_digest(f"Digest {n}", *(an_item(f"{n}-{m}", summary="word " * 100) for m in range(9))), ALL)
        for n in range(9)
    ]

    parts = roundup_parts(collected, layout="full", most=3)

    assert [part.text.split("\n")[0] for part in parts[:4]] == [
        "9 digests, 81 items (1/3) · Monday",
        "9 digests, 81 items (2/3)",
        "9 digests, 81 items (3/3)",
        "9 digests, 81 items (4/6)",
    ]
    assert [part.rest.label for part in parts if part.rest][:2] == ["… and 60 more", "… and 38 more"]
    assert len(re.findall(r"^\d-\d$", "\n".join(part.text for part in parts[:6]), re.MULTILINE)) == 81 - 38
    text = "\n".join(part.text for part in parts)
    assert all(text.count(f"{n}-{m}\n") == 1 for n in range(9) for m in range(9))
    assert in_words(parts[2]).text.endswith("\n\n… and 60 more")
