"""The entry of a feed is a digest like any other."""

import json
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.digests.categories import CategoryTable
from bot.digests.entry import read_entry
from bot.digests.front_matter import read_front_matter
from bot.digests.placeholders import without_placeholders
from bot.digests.read import LeftOut
from bot.digests.site import Site
from storage.model import Digest
from tests.digests.test_html import rendered
from tests.samples_of_ours import read as read_sample
from tests.samples_of_ours import samples

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LINK = "https://example.org/monday"


def content(html: str = "", **said: object) -> bytes:
    facts = {"title": "Monday", "link": LINK, "base": "https://example.org/", "language": "", "categories": []}
    return json.dumps({"date": "", "date_utc": "", "expires": "", **facts, "html": html, **said}).encode()


def read(html: str = "", *, site: Site | None = None, **said: object) -> Digest:
    digest = read_entry(content(html, **said), "urn:monday", site=site or Site(), now=NOW)
    assert isinstance(digest, Digest)
    return digest


def told(digest: Digest) -> list[tuple[str, str | None, str]]:
    return [(item.headline.text, item.link, item.summary.text) for item in digest.items]


def test_the_items_of_an_entry_are_those_of_its_html() -> None:
    digest = read(
        "<h2>Insects</h2><ol><li><a href='https://a.example/'>Bees</a><p>They fly.</p></li>"
        "<li><a href='/wasps'>Wasps</a><p>They sting.</p></li></ol>"
    )

    assert told(digest) == [
        ("Bees", "https://a.example/", "They fly."),
        ("Wasps", "https://example.org/wasps", "They sting."),
    ]
    assert [(item.section, item.number) for item in digest.items] == [("Insects", 1), ("Insects", 2)]


def test_an_entry_that_is_one_story_is_one_item() -> None:
    digest = read("<p>They <b>fly</b>.</p><p>And hum.</p>", title="Bees &amp; <em>wasps</em>")

    assert (digest.path, digest.title, digest.permalink) == ("urn:monday", "Bees & wasps", LINK)
    assert told(digest) == [("Bees & wasps", LINK, "They fly.\n\nAnd hum.")]


def test_an_entry_of_title_and_link_alone_is_one_item() -> None:
    assert told(read("")) == [("Monday", LINK, "")]


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<h2>Bees</h2><p>They fly.</p>", "Bees"),
        ("<p>Bees fly.</p>", "Bees fly."),
        (f"<p>{'bees ' * 50}</p>", f"{('bees ' * 12)[:59].rstrip()}…"),
    ],
)
def test_an_entry_without_a_title_is_called_by_its_first_words(html: str, title: str) -> None:
    assert read(html, title="").title == title


def test_a_message_without_a_title_is_not_said_twice() -> None:
    assert told(read("<p>Bees fly.</p>", title="")) == [("", LINK, "Bees fly.")]


@pytest.mark.parametrize("html", ["", " <br> ", "<script>x</script>", "<img width=1 height=1 src=https://a.example/x>"])
def test_an_entry_that_says_nothing_is_left_out(html: str) -> None:
    assert read_entry(content(html, title=" "), "x", site=Site(), now=NOW) == LeftOut("empty", None)


@pytest.mark.parametrize(
    ("date", "utc", "at"),
    [
        ("Tue, 01 Jul 2025 08:00:00 +0800", "2025-07-01T00:00:00+00:00", datetime(2025, 7, 1, tzinfo=UTC)),
        ("2025-07-01T08:00:00+08:00", "", datetime(2025, 7, 1, tzinfo=UTC)),
        ("2025-07-01 08:00", "2025-07-01T08:00:00+00:00", datetime(2025, 7, 1, tzinfo=UTC)),
        ("martes, 1 de julio", "2025-07-01T00:00:00+00:00", datetime(2025, 7, 1, tzinfo=UTC)),
        ("some day", "", None),
        ("", "", None),
    ],
)
def test_a_date_is_read_as_written_else_as_the_feeds_own_library_does(date: str, utc: str, at: datetime | None) -> None:
    assert read(date=date, date_utc=utc, site=Site(zone=ZoneInfo("Asia/Shanghai"))).published_at == at


def test_a_day_is_a_day() -> None:
    assert read(date="2025-07-01").day_only


def test_an_expired_entry_is_left_out_and_can_still_be_shown() -> None:
    found = read_entry(content("Bees", expires="2026-11-21T00:00:00+00:00"), "x", site=Site(), now=NOW)

    assert isinstance(found, LeftOut)
    assert (found.reason, found.digest and found.digest.title) == ("expired on 2026-11-21", "Monday")


def test_categories_are_read_by_the_operators_table() -> None:
    site = Site(categories=CategoryTable.of({"AI": ["artificial intelligence"]}, ["Uncategorized"]))

    digest = read(categories=["Artificial Intelligence", "uncategorized", "Bees", "bees"], site=site)

    assert [category.name for category in digest.categories] == ["AI", "Bees"]


@pytest.mark.parametrize(
    ("said", "html", "language"),
    [
        ("en-US", "<p>Bees fly.</p>", "en-US"),
        ("en-US", "<p>蜜蜂回来了，今年的花蜜比去年多。</p>", "zh"),
        ("zh-TW", "<p>蜜蜂回來了，今年的花蜜比去年多。</p>", "zh-TW"),
        ("ja", "<p>蜜蜂，大量発生中，東京</p>", "ja"),
        ("", "<p>蜜蜂回来了</p>", "zh"),
        ("klingon!", "<p>Bees fly.</p>", None),
    ],
)
def test_the_language_is_what_the_feed_says_unless_the_script_is_anothers(
    said: str, html: str, language: str | None
) -> None:
    assert read(html, title="蜜蜂" if "蜜" in html else "Bees", language=said).language == language


def test_a_link_that_nobody_can_open_is_no_permalink() -> None:
    assert read(link="javascript:alert(1)").permalink is None
    assert read(link="").permalink is None


def test_an_entry_of_a_feed_that_names_no_language_is_in_the_sources() -> None:
    site = Site(language="zh-Hans")

    assert read("<p>They fly.</p>", site=site).language == "zh-Hans"
    assert read("<p>They fly.</p>", site=site, language="en").language == "en"


def test_two_entries_below_language_folders_are_no_twins() -> None:
    first = read_entry(content("Bees"), "https://example.org/en/x", site=Site(), now=NOW)

    assert isinstance(first, Digest)
    assert first.twins == ""


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_a_sample_of_ours_says_the_same_in_a_feed(sample: Path) -> None:
    as_file = read_sample(sample)
    html = rendered(without_placeholders(read_front_matter(sample.read_bytes(), sample.name).body))

    as_entry = read(html, title=escape(as_file.title), base="https://news.example.org/")

    assert told(as_entry) == told(as_file)
    assert as_entry.title == as_file.title
