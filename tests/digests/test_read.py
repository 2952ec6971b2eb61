"""One file in, one digest out - or the reason why not."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.digests.read import LeftOut, UnreadableDigest, read_digest
from bot.digests.site import Site
from storage.model import Digest

NOW = datetime(2026, 11, 21, tzinfo=UTC)
BASE = "https://example.org/news"


def read(text: str, path: str = "x.md", site: Site | None = None) -> Digest:
    digest = read_digest(text.encode(), path, site=site or Site(), now=NOW)
    assert isinstance(digest, Digest)
    return digest


def left_out(text: str, path: str = "x.md") -> LeftOut:
    found = read_digest(text.encode(), path, site=Site(), now=NOW)
    assert isinstance(found, LeftOut)
    return found


@pytest.mark.parametrize(
    ("text", "path", "title"),
    [
        ("---\ntitle: Bees & <Wasps>\n---\n# Other\n\nx", "x.md", "Bees & <Wasps>"),
        ("---\ntitle: 2014-01-02\n---\nx", "x.md", "2014-01-02"),
        ("---\ntitle: ''\n---\n# The *first* heading\n\nx", "x.md", "The first heading"),
        ("x\n\n## Later\n\ny", "x.md", "Later"),
        ("x", "news/2025-07-22-bees.md", "2025-07-22-bees"),
        ("---\ntitle: |\n  Two\n  lines\u202e\n---\nx", "x.md", "Two lines"),
    ],
)
def test_a_title_comes_from_the_metadata_the_first_heading_or_the_name(text: str, path: str, title: str) -> None:
    assert read(text, path).title == title


def test_a_naive_time_is_of_the_sources_own_zone() -> None:
    digest = read("---\ndate: 2025-07-22 04:00\n---\nx", site=Site(zone=ZoneInfo("Asia/Shanghai")))

    assert digest.published_at == datetime(2025, 7, 22, 4, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert not digest.day_only


def test_a_publish_date_goes_before_the_date() -> None:
    digest = read("---\ndate: 2025-07-22\npublishDate: 2025-08-01\n---\nx")

    assert digest.published_at == datetime(2025, 8, 1, tzinfo=UTC)


def test_a_digest_of_the_future_is_a_digest() -> None:
    digest = read("---\ndate: 2030-01-01\n---\nx")

    assert digest.published_at == datetime(2030, 1, 1, tzinfo=UTC)


def test_without_a_date_the_name_tells_the_day() -> None:
    digest = read("x", "daily/2025-07-22.md")

    assert (digest.published_at, digest.day_only) == (datetime(2025, 7, 22, tzinfo=UTC), True)


def test_without_any_date_there_is_none() -> None:
    assert read("x").published_at is None


def test_a_date_that_never_was_gives_way_to_the_name() -> None:
    digest = read("---\ndate: 2022-02-29 07:10:00 -0000\n---\nx", "_posts/2022-02-27-update.md")

    assert digest.published_at == datetime(2022, 2, 27, tzinfo=UTC)


def test_a_date_that_never_was_is_an_error_where_the_name_has_none() -> None:
    with pytest.raises(UnreadableDigest, match=r"^x.md:3: date is no date: 2022-02-29; "):
        read("---\ntitle: x\ndate: 2022-02-29\n---\nx")


@pytest.mark.parametrize(
    "front",
    [
        "---\ncategories: [AI, 开源 动态, ai]\n---\n",
        "---\ncategories: AI, 开源 动态\n---\n",
        "---\ncategories: AI，开源 动态\n---\n",
        "---\ncategory:\n- AI\n-\n- 开源 动态\n---\n",
        "---\ncategories: []\ncategory: [' AI ', '开源 动态']\n---\n",
        '+++\n[taxonomies]\ncategories = ["AI", "开源 动态"]\n+++\n',
        "Title: x\nCategory: AI, 开源 动态\n\n",
    ],
)
def test_categories_are_read_in_every_shape(front: str) -> None:
    assert [category.name for category in read(f"{front}x").categories] == ["AI", "开源 动态"]


def test_a_site_may_keep_its_categories_under_another_key() -> None:
    digest = read("---\ncategories: [daily]\ntags: [AI]\n---\nx", site=Site(category_keys=("tags",)))

    assert [category.name for category in digest.categories] == ["AI"]


@pytest.mark.parametrize(
    ("front", "path", "permalink"),
    [
        ("", "posts/bees.md", "https://example.org/news/posts/bees/"),
        ("", "posts/bees/index.md", "https://example.org/news/posts/bees/"),
        ("", "_posts/2020-12-2-bees.md", "https://example.org/news/2020/12/02/bees.html"),
        ("", "日报/一.md", "https://example.org/news/%E6%97%A5%E6%8A%A5/%E4%B8%80/"),
        ("---\nslug: wasps\n---\n", "posts/bees.md", "https://example.org/news/posts/wasps/"),
        ("---\nurl: /w/\n---\n", "posts/bees.md", "https://example.org/news/w/"),
        ("---\npermalink: https://w.example/\n---\n", "posts/bees.md", "https://w.example/"),
        ("---\npermalink: /:year/:title/\n---\n", "posts/bees.md", "https://example.org/news/posts/bees/"),
    ],
)
def test_a_permalink_is_its_own_or_its_path_under_the_base(front: str, path: str, permalink: str) -> None:
    assert read(f"{front}x", path, Site(base_url=BASE)).permalink == permalink


def test_without_a_base_there_is_no_permalink() -> None:
    assert read("---\nurl: /w/\n---\nx").permalink is None


@pytest.mark.parametrize(
    ("front", "path", "language"),
    [
        ("---\nlang: zh-CN\n---\n", "x.md", "zh-CN"),
        ("", "x.en.md", "en"),
        ("", "content/ja/x.md", "ja"),
        ("", "content/cn/x.md", "zh-Hans"),
        ("---\nlang: klingon!\n---\n", "x.md", None),
        ("", "x.md", None),
    ],
)
def test_the_language_is_said_or_seen_in_the_path(front: str, path: str, language: str | None) -> None:
    assert read(f"{front}x", path).language == language


@pytest.mark.parametrize(
    ("front", "body", "path", "language"),
    [
        ("", "Bees fly.", "post.md", "en"),
        ("", "Bees fly.", "post.fr.md", "fr"),
        ("---\nlang: de\n---\n", "Bees fly.", "post.md", "de"),
        ("", "蜜蜂会飞", "post.md", "zh"),
    ],
)
def test_the_language_that_nothing_shows_is_the_sources(front: str, body: str, path: str, language: str) -> None:
    digest = read(front + body, path, Site(language="en"))

    assert (digest.language, digest.twins) == (language, "post.md")


def test_the_source_says_more_exactly_what_the_script_shows() -> None:
    assert read("蜜蜂会飞", site=Site(language="zh-Hant")).language == "zh-Hant"


def test_the_language_that_nothing_says_is_seen_in_the_script() -> None:
    body = "1. [蜜蜂回来了](https://a.example/)\n   今年的花蜜比去年多。"

    assert read(body).language == "zh"
    assert read(f"---\nlang: en\n---\n{body}").language == "en"


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ("---\ntitle: News\n---\nAll news.", "posts/_index.md", "a section's page"),
        ("# How to build this site", "README.md", "a readme"),
        ("# How to help", "CONTRIBUTING.md", "a guide for contributors"),
        ("---\nlayout: home\n---\nAll news.", "index.md", "a page that leads to others: layout home"),
        ("---\ntitle: x\n---\n\n", "x.md", "nothing but metadata"),
        ("\ufeff\n \n", "x.md", "empty"),
    ],
)
def test_a_page_that_is_no_digest_is_left_out_with_the_reason(text: str, path: str, reason: str) -> None:
    assert left_out(text, path) == LeftOut(reason, None)


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ("---\ndraft: true\n---\nx", "x.md", "a draft"),
        ("---\npublished: false\n---\nx", "x.md", "a draft"),
        ("Title: x\nStatus: draft\n\nx", "x.md", "a draft"),
        ("x", "_drafts/x.md", "a draft"),
        ("---\nexpiryDate: 2026-01-31\n---\nx", "x.md", "expired on 2026-01-31"),
    ],
)
def test_a_draft_or_expired_page_is_left_out_and_can_still_be_shown(text: str, path: str, reason: str) -> None:
    found = left_out(text, path)

    assert found.reason == reason
    assert found.digest is not None
    assert [item.headline.text for item in found.digest.items] == ["x"]
