"""A feed is a source like any other: what it names is listed, read, and asked for again only when it is new."""

import gzip
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.digests.entry import read_entry
from bot.digests.site import Site
from bot.sources.feed import Feed
from bot.sources.fetch import shown
from bot.sources.files import DigestFiles, SourceUnreachable, Stamp, Unopenable, Unsettled
from storage.model import Digest
from tests.sources.feeds import ATOM, JSON_FEED, RSS_1, an_item, rss
from tests.sources.web import Web, serve

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
async def site() -> AsyncIterator[Web]:
    async with serve() as site:
        yield site


async def digests(feed: DigestFiles) -> list[Digest]:
    found = await feed.listing()
    read = [read_entry(feed.read(path, stamp).content, path, site=Site(), now=NOW) for path, stamp in found.items()]
    return [digest for digest in read if isinstance(digest, Digest)]


async def problem_of(feed: DigestFiles) -> SourceUnreachable:
    with pytest.raises(SourceUnreachable) as caught:
        await feed.listing()
    return caught.value


async def test_entries_are_listed_oldest_first_and_read(site: Web) -> None:
    feed = Feed(site.put("/feed.xml", rss(an_item(3), an_item(1), an_item(2))))

    found = await digests(feed)

    assert [digest.path for digest in found] == ["bee-1", "bee-2", "bee-3"]
    assert [digest.title for digest in found] == ["Bees 1", "Bees 2", "Bees 3"]
    assert found[0].permalink == "https://example.org/1"
    assert found[0].published_at == datetime(2025, 7, 1, tzinfo=UTC)


async def test_a_feed_without_dates_begins_with_the_newest(site: Web) -> None:
    items = [f"<item><guid>{name}</guid><title>{name}</title></item>" for name in ("new", "old")]

    assert list(await Feed(site.put("/", rss(*items))).listing()) == ["old", "new"]


async def test_atom_is_read(site: Web) -> None:
    (digest,) = await digests(Feed(site.put("/feed.xml", ATOM)))

    assert (digest.path, digest.title, digest.language) == ("urn:bee-1", "Bees & wasps", "en")
    assert digest.permalink == "https://example.org/news/one"
    assert digest.published_at == datetime(2025, 7, 1, tzinfo=UTC)
    assert [category.name for category in digest.categories] == ["Insects", "news"]
    assert [item.summary.text for item in digest.items] == ["They fly: see."]
    assert digest.items[0].summary.entities[1].value == "https://example.org/news/see"


async def test_rss_1_is_read(site: Web) -> None:
    (digest,) = await digests(Feed(site.put("/feed.xml", RSS_1)))

    assert (digest.path, digest.title) == ("https://example.org/one", "Bees")
    assert digest.published_at == datetime(2025, 7, 1, tzinfo=UTC)
    assert [category.name for category in digest.categories] == ["Insects"]
    assert [item.summary.text for item in digest.items] == ["They fly."]


async def test_json_feed_is_read(site: Web) -> None:
    one, two = await digests(Feed(site.put("/feed.json", JSON_FEED, Content_Type="application/feed+json")))

    assert (one.path, one.title, one.language) == ("1", "Bees & wasps", "en")
    assert one.permalink == f"{site.address}/one"
    assert one.items[0].summary.entities[1].value == f"{site.address}/see"
    assert one.published_at == datetime(2025, 7, 1, tzinfo=UTC)
    assert [category.name for category in one.categories] == ["Insects", "news"]
    assert (two.title, two.items[0].summary.text) == ("No title, but two lines.", "No title,\nbut two lines.")


async def test_what_is_still_the_same_is_not_sent_again(site: Web) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        return web.Response(
            text=rss(an_item()), headers={"ETag": '"1"', "Last-Modified": "Tue, 01 Jul 2025 00:00:00 GMT"}
        )

    feed = Feed(site.do("/feed.xml", answer))

    before, after = await feed.listing(), await feed.listing()

    assert list(before) == ["bee-1"]
    assert after == before
    assert site.asked[1].headers["If-Modified-Since"] == "Tue, 01 Jul 2025 00:00:00 GMT"
    assert feed.read("bee-1", after["bee-1"]).form == "entry"


async def test_a_new_bot_asks_for_the_whole_feed_once(site: Web) -> None:
    address = site.put("/feed.xml", rss(an_item()), ETag='"1"')

    await Feed(address).listing()
    await Feed(address).listing()

    assert ["If-None-Match" in request.headers for request in site.asked] == [False, False]
    assert site.asked[0].headers["User-Agent"].startswith("digest-bot")


async def test_a_server_that_says_unchanged_without_being_asked_is_not_believed(site: Web) -> None:
    assert "(HTTP 304)" in str(await problem_of(Feed(site.put("/", "", status=304))))


async def test_what_could_not_be_read_is_asked_for_again(site: Web) -> None:
    feed = Feed(site.put("/feed.xml", "nothing of the kind", ETag='"1"'))
    await problem_of(feed)

    site.put("/feed.xml", rss(an_item()), ETag='"1"')

    assert list(await feed.listing()) == ["bee-1"]
    assert "If-None-Match" not in site.asked[1].headers


async def test_an_entry_that_says_something_else_has_another_stamp(site: Web) -> None:
    feed = Feed(site.put("/feed.xml", rss(an_item(1), an_item(2))))
    before = await feed.listing()

    site.put("/feed.xml", rss(an_item(1), an_item(2, "<p>They hum.</p>")))
    after = await feed.listing()

    assert after["bee-1"] == before["bee-1"]
    assert after["bee-2"] != before["bee-2"]
    with pytest.raises(Unsettled):
        feed.read("bee-2", before["bee-2"])
    with pytest.raises(Unsettled):
        feed.read("bee-9", Stamp(1, 1))


async def test_an_entry_that_only_says_when_it_was_touched_or_how_often_is_as_it_was(site: Web) -> None:
    feed = Feed(site.put("/feed.xml", ATOM))
    before = await feed.listing()

    site.put("/feed.xml", ATOM.replace("2025-07-02", "2025-07-03").replace("<summary>", "<views>7</views><summary>"))

    assert await feed.listing() == before


async def test_an_entry_dated_anew_has_another_stamp(site: Web) -> None:
    feed = Feed(site.put("/feed.xml", ATOM))
    before = await feed.listing()

    site.put("/feed.xml", ATOM.replace("<published>2025-07-01", "<published>2025-07-04"))

    assert await feed.listing() != before


async def test_an_entry_is_known_by_its_id_else_its_link_else_its_title(site: Web) -> None:
    items = (
        an_item(1),
        an_item(2, id_=None),
        "<item><title>Third</title><pubDate>03 Jul 2025 08:00:00 GMT</pubDate></item>",
        f"<item><guid>{'x' * 900}</guid><title>Fourth</title><pubDate>04 Jul 2025 08:00:00 GMT</pubDate></item>",
    )

    one, two, three, four = await Feed(site.put("/feed.xml", rss(*items))).listing()

    assert (one, two) == ("bee-1", "https://example.org/2")
    assert len(three) == 32
    assert len(four) == 250


async def test_the_id_of_an_entry_does_not_depend_on_where_its_feed_stands(site: Web) -> None:
    items = rss("<item><guid>7</guid><title>Seven</title></item>")

    first = await Feed(site.put("/feed.xml", items)).listing()
    second = await Feed(site.put("/elsewhere/feed.xml", items)).listing()

    assert list(first) == list(second) == ["7"]


async def test_of_two_entries_with_one_id_the_first_counts_which_is_said_once(site: Web) -> None:
    feed = Feed(site.put("/feed.xml", rss(an_item(2, id_="x"), an_item(1, id_="x"))))

    with capture_logs() as logs:
        found = await digests(feed)
        site.put("/feed.xml", rss(an_item(3, id_="x"), an_item(2, id_="x"), an_item(1, id_="x")))
        await feed.listing()

    assert [digest.title for digest in found] == ["Bees 2"]
    assert [log["problem"] for log in logs] == ["1 of its 2 entries have the id of another, and are left out"]


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(rss(an_item()).encode()), "gzip"),
        (gzip.compress(rss(an_item()).encode()[:99]) + gzip.compress(rss(an_item()).encode()[99:]), "gzip"),
        (zlib.compress(rss(an_item()).encode()), "deflate"),
        (zlib.compress(rss(an_item()).encode(), wbits=-15), "deflate"),
        (rss(an_item()).encode(), "identity"),
    ],
    ids=["gzip", "two files of gzip", "deflate", "bare deflate", "not packed"],
)
async def test_a_packed_feed_is_unpacked(site: Web, packed: bytes, encoding: str) -> None:
    assert list(await Feed(site.put("/feed.xml", packed, Content_Encoding=encoding)).listing()) == ["bee-1"]


@pytest.mark.parametrize(
    ("body", "encoding", "problem"),
    [
        (b"no gzip at all", "gzip", "is not packed as it says"),
        (b"x", "br", "comes packed in a way that we did not ask for"),
    ],
)
async def test_what_cannot_be_unpacked_is_said(site: Web, body: bytes, encoding: str, problem: str) -> None:
    assert problem in str(await problem_of(Feed(site.put("/feed.xml", body, Content_Encoding=encoding))))


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (rss(an_item(1, "蜜蜂")).encode(), "text/xml"),
        (rss(an_item(1, "蜜蜂")).encode(), "text/xml; charset=iso-8859-1"),
        (rss(an_item(1, "蜜蜂")).encode("utf-8-sig"), "application/rss+xml"),
        (rss(an_item(1, "蜜蜂")).replace("utf-8", "gb2312").encode("gb18030"), "text/xml"),
        (rss(an_item(1, "蜜蜂")).encode("gb18030"), "text/xml; charset=GBK"),
        (rss(an_item(1, "蜜蜂")).replace("utf-8", "utf-16").encode("utf-16"), "text/xml"),
        (rss(an_item(1, "蜜蜂")).replace("utf-8", "utf-16").encode("utf-16-be"), "text/xml"),
        (rss(an_item(1, "蜜蜂")).replace("utf-8", "big5").encode("big5"), "text/html; charset=nonsense"),
        (rss(an_item(1, "蜜蜂")).replace("utf-8", "iso-2022-jp").encode("iso-2022-jp"), "text/xml"),
    ],
)
async def test_a_feed_is_read_in_whatever_encoding_it_comes(site: Web, content: bytes, content_type: str) -> None:
    (digest,) = await digests(Feed(site.put("/feed.xml", content, Content_Type=content_type)))

    assert digest.items[0].summary.text == "蜜蜂"


async def test_a_byte_that_is_wrong_costs_one_character(site: Web) -> None:
    content = rss(an_item(1, "Bees? no")).encode().replace(b"? ", b"\xff ")

    (digest,) = await digests(Feed(site.put("/feed.xml", content)))

    assert digest.items[0].summary.text == "Bees\ufffd no"


@pytest.mark.parametrize(
    ("feed", "summaries"),
    [
        (rss(an_item(1, "Bees"), an_item(2, "Wasps"), "&nbsp;"), ["Bees", "Wasps"]),
        (rss(an_item(1, "Bees &amp; wasps").replace("&amp;amp;", "&")), ["Bees & wasps"]),
        (rss(an_item(2, "Bees"), an_item(1, "Wasps"))[:-60], ["Bees"]),
        (rss(an_item(1, "Bees"), "<title>&#xD800;</title><p>"), ["Bees"]),
    ],
    ids=["an entity that nobody defined", "an ampersand", "an end that is missing", "half an emoji"],
)
async def test_of_broken_xml_is_read_what_can_be_and_that_is_said_once(
    site: Web, feed: str, summaries: list[str]
) -> None:
    source = Feed(site.put("/feed.xml", feed))

    with capture_logs() as logs:
        found = await digests(source)
        site.put("/feed.xml", feed.replace("Bees", "Ants"))
        await source.listing()

    assert [digest.items[0].summary.text for digest in found] == summaries
    assert [log["problem"][:19] for log in logs] == ["its XML has errors,"]


async def test_references_that_no_xml_may_have_mean_what_they_are_meant_to(site: Web) -> None:
    said = "&#xD83D;&#xDC1D; &#55357;&#56349; &#x1F41D; &#xDC1D; &#0; &#99999999999999; &#65;"

    (digest,) = await digests(Feed(site.put("/feed.xml", rss(an_item(1, said)).replace("&amp;", "&"))))

    assert digest.items[0].summary.text == "🐝 🐝 🐝 \ufffd \ufffd A"


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (401, "asks who we are"),
        (403, "does not let us in"),
        (404, "is not there; correct the address"),
        (410, "is gone for good; take it out of the sources"),
        (429, "asks us to come less often"),
        (500, "has nothing for us now; it is tried again"),
        (503, "has nothing for us now; it is tried again"),
        (204, "has nothing for us now; it is tried again"),
    ],
)
async def test_what_a_server_refuses_is_said_with_the_remedy(site: Web, status: int, sentence: str) -> None:
    address = site.put("/feed.xml", "", status=status)

    error = await problem_of(Feed(address))

    assert str(error).startswith(f"{address} {sentence}")
    assert str(error).endswith(f"(HTTP {status})")
    assert error.retry_after is None


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Tue, 01 Jul 2025 01:00:00 GMT", timedelta(hours=1)),
        ("Mon, 30 Jun 2025 01:00:00 GMT", timedelta()),
        ("soon", None),
        ("9" * 40, None),
    ],
)
async def test_how_long_a_server_wants_to_be_left_alone_is_heard(site: Web, said: str, wait: timedelta | None) -> None:
    address = site.put("/feed.xml", "", status=429, Retry_After=said, Date="Tue, 01 Jul 2025 00:00:00 GMT")

    assert (await problem_of(Feed(address))).retry_after == wait


async def test_redirects_are_followed_and_one_for_good_is_said_once(site: Web) -> None:
    site.put("/feed.xml", rss(an_item()))
    site.put("/moved", "", status=301, Location="/feed.xml")
    feed = Feed(site.put("/old", "", status=308, Location=f"{site.address}/moved"))

    with capture_logs() as logs:
        found = [list(await feed.listing()), list(await feed.listing())]

    assert found == [["bee-1"], ["bee-1"]]
    assert [(log["event"], log["remedy"]) for log in logs] == [
        ("feed_moved", f"put {site.address}/feed.xml in its place")
    ]


async def test_a_redirect_for_now_is_not_said(site: Web) -> None:
    site.put("/feed.xml", rss(an_item()))
    feed = Feed(site.put("/today", "", status=302, Location="feed.xml"))

    with capture_logs() as logs:
        found = await feed.listing()

    assert (list(found), logs) == (["bee-1"], [])


async def test_a_redirect_in_a_circle_ends(site: Web) -> None:
    address = site.put("/feed.xml", "", status=302, Location="/feed.xml")

    assert str(await problem_of(Feed(address))) == f"{address} only redirects, again and again; correct the address"
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "place", ["file:///etc/passwd", "ftp://x.example/", "data:,x", "http://[::1", "", "http://", "//"]
)
async def test_a_redirect_out_of_the_web_is_not_followed(site: Web, place: str) -> None:
    error = await problem_of(Feed(site.put("/feed.xml", "", status=301, Location=place)))

    assert "redirects to what is no web address" in str(error) or "only redirects" in str(error)


@pytest.mark.parametrize("host", [f"{'a' * 70}.example", "a..example", "nowhere.invalid"])
async def test_a_host_that_is_none_is_said(site: Web, host: str) -> None:
    assert "correct" in str(await problem_of(Feed(site.put("/feed.xml", "", status=301, Location=f"http://{host}/"))))


async def test_a_password_is_sent_to_its_own_server_and_told_to_nobody(site: Web) -> None:
    async with serve() as other:
        other.put("/feed.xml", rss(an_item()))
        site.put("/here", "", status=301, Location=f"{other.address}/feed.xml?token=hidden-too")
        address = site.put("/feed.xml", "", status=301, Location=f"{site.address}/here")
        feed = Feed(address.replace("://", "://ada:secret@"))

        with capture_logs() as logs:
            await feed.listing()
            other.answers.clear()
            error = await problem_of(feed)

    assert ["Authorization" in request.headers for request in site.asked[:2]] == [True, True]
    assert "Authorization" not in other.asked[0].headers
    assert feed.place == address
    assert "secret" not in f"{logs}{error}"
    assert "hidden-too" not in f"{logs}{error}"


def test_an_address_is_shown_without_what_opens_it() -> None:
    assert shown("https://ada:x@a.example/f?p=1&token=abc#t") == "https://a.example/f?p=1&token=…#t"
    assert shown("https://a.example/f?api_key=abc&format=atom") == "https://a.example/f?api_key=…&format=atom"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("", "is empty; correct the address"),
        ("Hello!", "is neither RSS nor Atom nor JSON Feed; correct the address"),
        ("<!DOCTYPE html><p>Hello", "is a web page and names no feed; find the address of one"),
        ("{", "is broken JSON; tell whoever runs it"),
        ('{"version": 7}', "is JSON, but no JSON Feed; correct the address"),
        ("{" * 100_000, "is broken JSON; tell whoever runs it"),
        ('{"a":' * 100_000, "is broken JSON; tell whoever runs it"),
        ("<html><head>" + '<link rel="alternate" type="application/rss+xml" href="file:///f">', "names no feed"),
    ],
)
async def test_what_is_no_feed_is_said(site: Web, body: str, sentence: str) -> None:
    assert sentence in str(await problem_of(Feed(site.put("/", body))))


async def test_a_web_page_in_the_place_of_a_feed_tells_where_the_feed_is(site: Web) -> None:
    page = (
        "<!doctype html><html><head><title>&lt;rss></title>"
        "<link rel='stylesheet alternate' type='text/css' href='/x.css'>"
        "<link rel=alternate type=application/rss+xml href=feed.xml>"
        "<LINK type='application/atom+xml' REL='ALTERNATE' HREF='https://a.example/atom'></head>"
    )

    error = await problem_of(Feed(site.put("/blog/", page)))

    assert str(error) == (
        f"{site.address}/blog/ is a web page, no feed; the page names {site.address}/blog/feed.xml and "
        "https://a.example/atom: put that in its place"
    )


async def test_a_feed_that_names_nothing_is_a_feed(site: Web) -> None:
    assert await Feed(site.put("/feed.xml", rss())).listing() == {}


async def test_an_entry_larger_than_any_digest_is_not_opened(site: Web) -> None:
    feed = Feed(site.put("/feed.xml", rss(an_item(1, "bee " * 3_000_000), an_item(2))))

    found = await feed.listing()

    with pytest.raises(Unopenable, match="bee-1: larger than 10 MB"):
        feed.read("bee-1", found["bee-1"])
    assert feed.read("bee-2", found["bee-2"]).path == "bee-2"
