"""Which addresses Telegram opens."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.digests.links import is_escaped, openable

BASE = "https://example.org/news/"


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        (" https://example.org/a b\n", "https://example.org/a%20b"),
        ("https://例子.中国/路径?q=开源", "https://例子.中国/路径?q=开源"),
        ("https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
        ("//example.org/x", "https://example.org/x"),
        ("tg://resolve?domain=telegram", "tg://resolve?domain=telegram"),
        ("https://user@example.org/", "https://user@example.org/"),
    ],
)
def test_an_address_that_telegram_opens_is_kept(written: str, opened: str) -> None:
    assert openable(written, None) == opened


@pytest.mark.parametrize(
    "written",
    [
        "",
        "#part",
        "javascript:alert(1)",
        "mailto:a@example.org",
        "ftp://example.org/",
        "http://localhost/",
        "https://intranet",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https:///x",
        "http://[::zz]/",
        "about:blank",
        "/relative",
        "x.md",
        "https://example.org/" + "x" * 2_000,
    ],
)
def test_any_other_address_is_none(written: str) -> None:
    assert openable(written, None) is None


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        ("/about/", "https://example.org/about/"),
        ("../x.html", "https://example.org/x.html"),
        ("y?z=1", "https://example.org/news/y?z=1"),
        ("//other.example/x", "https://other.example/x"),
    ],
)
def test_a_relative_address_is_resolved_against_the_site(written: str, opened: str) -> None:
    assert openable(written, BASE) == opened


PIECES = st.sampled_from(
    [
        "http",
        "https",
        "tg",
        "ton",
        "tonsite",
        "ftp",
        ":",
        "://",
        "//",
        "/",
        ".",
        "..",
        "example",
        "org",
        "localhost",
        "[::1]",
        "[",
        "]",
        "@",
        "user",
        ":80",
        ":0",
        ":65536",
        "?",
        "#",
        "%",
        "%20",
        "%zz",
        " ",
        "\t",
        "开源",
        "é",
        "\u202e",
        "\\",
        "!",
        "$",
        "^",
        "{",
        "|",
        "`",
        "\x00",
        "-",
        "_",
        "resolve?domain=x",
        "\u3000",
        "。",
        "，",
        "\u00a0",
        "<",
        ">",
        '"',
        "'",
        "*",
        "+",
        "=",
        "&",
        ";",
        ",",
        "~",
        "(",
        ")",
    ]
)


@settings(max_examples=1_000, deadline=None)
@given(st.lists(PIECES, max_size=9).map("".join), st.sampled_from([None, BASE]))
def test_telegram_opens_every_address_that_is_kept(written: str, base: str | None) -> None:
    from tests.tdlib import judge  # noqa: PLC0415 - only this test needs TDLib

    address = openable(written, base)

    if address is not None:
        judge("here", [{"type": "text_link", "offset": 0, "length": 4, "url": address}])


def test_an_address_without_anything_to_escape_is_as_markdown_it_leaves_it() -> None:
    choose = random.Random(2026)  # noqa: S311 - no secret
    hosts = ("a.b", "example.org", "x.y.z", "xn--fsq.cn", "a-b.c-")
    pieces = [*"aB1./?#%&=+~é开:@()[]\\'!*,;$| ^`-_", "%20", "%zz", "80", "xn--", "https://"]
    plain = 0
    for _ in range(20_000):
        url = f"https://{choose.choice(hosts)}{''.join(choose.choices(pieces, k=choose.randrange(8)))}"
        if is_escaped(url):
            assert MarkdownIt().normalizeLink(url) == url
            plain += 1

    assert plain > 1000
