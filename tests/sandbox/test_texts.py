"""Texts and entities, judged with TDLib and without: the same verdict in the same words."""

import importlib.util
from typing import Any

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.judge import Judge, choose
from bot.sandbox.parameters import Parameters
from bot.sandbox.texts import drafted, settled

needs_tdlib = pytest.mark.skipif(
    importlib.util.find_spec("tdjson") is None, reason="tdjson has no wheel for this platform"
)


@pytest.fixture(params=["plain", pytest.param("tdlib", marks=needs_tdlib)])
def judge(request: pytest.FixtureRequest) -> Judge:
    return choose(request.param)


def sent(judge: Judge, text: str, *entities: dict[str, Any], **more: object) -> tuple[str, list[dict[str, Any]]]:
    asked = Parameters({"text": text, "entities": list(entities), **more})
    settled_text = settled(drafted(asked, judge, "text"), judge)
    return settled_text.text, settled_text.entities


def mark(kind: str, offset: int, length: int, **more: object) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def refusal(judge: Judge, text: str, *entities: dict[str, Any]) -> str:
    with pytest.raises(ApiError) as caught:
        sent(judge, text, *entities)
    return caught.value.description.removeprefix("Bad Request: ")


def test_the_longest_text_has_4096_code_points(judge: Judge) -> None:
    assert len(sent(judge, "😀" * 4096)[0]) == 4096
    assert refusal(judge, "😀" * 4097) == "message is too long"


def test_blanks_go_from_the_right_and_from_the_left_up_to_an_entity(judge: Judge) -> None:
    assert sent(judge, "  a \n ") == ("a", [])
    assert sent(judge, "  bold ", mark("bold", 1, 6)) == (" bold", [mark("bold", 0, 5)])


def test_control_characters_become_spaces_and_directions_go(judge: Judge) -> None:
    assert sent(judge, "a\tb\r\u202ec", mark("bold", 3, 3)) == ("a bc", [mark("bold", 3, 1)])


@pytest.mark.parametrize("text", [" ", "\u2800\u3000", "\u200b\u2060"[:1], "\u00a0\n\ufeff", "\U000e0041"])
def test_what_shows_nothing_is_refused(judge: Judge, text: str) -> None:
    assert refusal(judge, text) == "text must be non-empty"


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        (mark("bold", -1, 2), "receive an entity with incorrect offset -1"),
        (mark("bold", 0, -2), "receive an entity with incorrect length -2"),
        (mark("bold", 4, 1), "entity begins in a middle of a UTF-16 symbol at byte offset 7"),
        (
            mark("bold", 0, 4),
            "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 7",
        ),
        (
            mark("bold", 2, 90),
            "entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 92",
        ),
        (mark("bold", 90, 2), "entity begins after the end of the text at UTF-16 offset 90"),
        (mark("text_link", 0, 2, url="/a"), "entity URL '/a' is invalid: URL host is empty"),
        (mark("glow", 0, 2), "can't parse MessageEntity: Unsupported type specified"),
        (mark("text_link", 0, 2), "can't parse MessageEntity: Can't find field \"url\""),
        (mark("date_time", 0, 2), "can't parse MessageEntity: Can't find field \"unix_time\""),
        ({"type": "bold", "length": 2}, "can't parse MessageEntity: Can't find field \"offset\""),
    ],
)
def test_a_bad_entity_fails_the_whole_message(judge: Judge, entity: dict[str, Any], words: str) -> None:
    assert refusal(judge, "abc😀def*_", entity) == words


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("example.com", "http://example.com/"),
        ("HTTPS://User@Example.COM:8080/A?b#c", "https://User@example.com:8080/A?b#c"),
        ("https://例え.jp/道 x", "https://例え.jp/道%20x"),
        ("http://[::1]/a", "http://[::1]/a"),
        ("tg://resolve?domain=a", "tg://resolve?domain=a"),
        ("tonsite://foundation.ton", "tonsite://foundation.ton/"),
        ("mailto:a@b.c", "http://mailto:a@b.c/"),
        ("http://a.b?q", "http://a.b/?q"),
    ],
)
def test_a_link_is_kept_as_telegram_writes_it(judge: Judge, url: str, kept: str) -> None:
    assert sent(judge, "here", mark("text_link", 0, 4, url=url))[1] == [mark("text_link", 0, 4, url=kept)]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("localhost", "Wrong HTTP URL"),
        ("ftp://a.b", "Unsupported URL protocol"),
        ("javascript:alert(1)", "Wrong port number specified in the URL"),
        ("http://a.b:99999", "Wrong port number specified in the URL"),
        ("http://", "URL host is empty"),
        ("http://a b.c", "Disallowed character in URL host"),
        ("http://a.%zz", "Wrong percent-encoded symbol in URL host"),
        ("http://[zz]/", "Wrong IPv6 address specified in the URL"),
        ("tg://a.b", "Unallowed characters in URL host"),
        ("tg://a:5", "Wrong tg URL"),
        ("./relative", "Host is invalid"),
    ],
)
def test_a_link_that_telegram_cannot_open_is_refused(judge: Judge, url: str, why: str) -> None:
    words = refusal(judge, "here", mark("text_link", 0, 4, url=url))

    assert words == f"entity URL '{url}' is invalid: {why}"


def test_what_telegram_finds_itself_joins_the_entities(judge: Judge) -> None:
    text = "/start@bot #tag @somebody a@example.com https://example.com/a?b"

    found = sent(judge, text)[1]

    assert [(entity["type"], text[entity["offset"] :][: entity["length"]]) for entity in found] == [
        ("bot_command", "/start@bot"),
        ("hashtag", "#tag"),
        ("mention", "@somebody"),
        ("email", "a@example.com"),
        ("url", "https://example.com/a?b"),
    ]


def test_nothing_is_found_inside_a_link(judge: Judge) -> None:
    link = mark("text_link", 0, 9, url="http://a.b/")

    assert sent(judge, "see #this", link)[1] == [link]


def test_of_too_many_entities_the_bold_ones_go(judge: Judge) -> None:
    bold = [mark("bold", index * 3, 1) for index in range(60)]
    links = [mark("text_link", index * 3 + 1, 1, url="http://a.b/") for index in range(60)]

    kept = sent(judge, "ab " * 60, *bold, *links)[1]

    assert [entity["type"] for entity in kept].count("text_link") == 60
    assert [entity["type"] for entity in kept].count("bold") == 40


def test_too_many_bytes_of_links_are_refused(judge: Judge) -> None:
    links = [mark("text_link", index * 2, 1, url=f"http://a.b/{'x' * 200}") for index in range(50)]

    assert refusal(judge, "a " * 50, *links) == "ENTITIES_TOO_LONG"


def test_a_date_comes_back_as_it_went(judge: Judge) -> None:
    date = mark("date_time", 0, 4, unix_time=1_750_000_000, date_time_format="wDT")

    assert sent(judge, "June", date)[1] == [date]


def test_brackets_and_stars_are_no_markdown(judge: Judge) -> None:
    text = "**not bold** [no](link) `code` __a__ ||b||"

    assert sent(judge, text, mark("bold", 0, 3)) == (text, [mark("bold", 0, 3)])


@needs_tdlib
def test_a_parse_mode_is_read_by_tdlib() -> None:
    assert sent(choose("tdlib"), "<b>a</b> &lt;", parse_mode="HTML") == ("a <", [mark("bold", 0, 1)])
