"""Messages as nobody would send them: random texts, entities and keyboards, with a flaw worked in on request."""

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

Message = dict[str, Any]
Draw = st.DrawFn

STYLES = ["bold", "italic", "underline", "strikethrough", "spoiler"]
KINDS = [*STYLES, "code", "pre", "blockquote", "expandable_blockquote", "text_link", "text_mention", "custom_emoji"]
# What TDLib treats in a way of its own, and what it does not.
PIECES = [
    *("word", "слово", "字字", "é", "a", "Z", "7", " ", " ", "  ", "\n", "\n\n", "😀", "👩\u200d💻", "𝒳"),
    *("\t", "\r", "\r\n", "\x00", "\x1f", "\u2028", "\u202e", "\u0333", "e\u030a", "\u200e", "\u200f\u200e\u200f"),
    *("\u200b", "\u00a0", "\u2800", "\u3000", "\ufeff", "\ufffc", "\U000e0041", "\ue000", "\uf8fe"),
    *("*", "**b**", "_", "__", "~~", "||", "`", "```", "[a](b)", "[", ")", "<b>", "&", "\\", "%", "-", "·", "\u200c"),
    *("@name", "@a_b", "@pic", "@ab", "#tag", "#标签", "#1", "##", "#a@bcd", "#", "$USD", "$1INCH", "$", "$$A"),
    *("/cmd", "/cmd@bot", "/cmd@some_bot", "/", "//", "/a_1", "@", "12:30", "½", "Ⅷ", "٣"),
]
GOOD_LINKS = [
    "http://a.b/",
    "HTTPS://A.b:8080/C?d#e",
    "a.b",
    "u:p@a.b",
    "a.b/\tc d ",
    "tg://resolve?domain=a",
    "ton:x/y",
]
ODD_LINKS = [
    "tg://user?id=7",
    "TG:user?a=1&id=9#b",
    "tg://user?id=0",
    "http://[::1]/",
    "例え.jp/道",
    "mailto:a@b.c",
    "a.b\u2028",
]


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@st.composite
def messages(draw: Draw, flaw: str = "") -> Message:
    """The parameters of a sendMessage, to be refused in the words of *flaw* if there is one and nothing hides it."""
    text = "".join(draw(st.lists(st.sampled_from(PIECES) | st.text(max_size=2), min_size=1, max_size=12)))
    places = [0]
    for character in text:
        places.append(places[-1] + utf16(character))
    entities = draw(st.lists(_entities(places), max_size=10))
    message: Message = {"text": text, "entities": entities}
    if draw(st.booleans()):
        message["reply_markup"] = {"inline_keyboard": draw(_rows)}
    if flaw:
        FLAWS[flaw](draw, message)
    elif draw(st.integers(0, 9)) == 0:
        _crowd(draw, message)
    return message


@st.composite
def _entities(draw: Draw, places: list[int]) -> Message:
    start, stop = sorted(draw(st.tuples(st.sampled_from(places), st.sampled_from(places))))
    entity: Message = {"type": draw(st.sampled_from([*KINDS, "date_time", "mention"])), "offset": start}
    return entity | {"length": stop - start} | _details(draw, entity["type"])


def _details(draw: Draw, kind: str) -> Message:
    match kind:
        case "text_link":
            return {"url": draw(st.sampled_from(GOOD_LINKS + ODD_LINKS))}
        case "text_mention":
            return {"user": {"id": draw(st.sampled_from([1, 77, "78", 0, -5, (1 << 40) - 1, 1 << 40]))}}
        case "custom_emoji":
            return {"custom_emoji_id": draw(st.sampled_from(["5", 6]))}
        case "date_time":
            shown = draw(st.sampled_from(["", "r", "R", "wDT", "dt", "tT", "W"]))
            return {"unix_time": draw(st.integers(1, 2_000_000_000)), "date_time_format": shown}
        case "pre":
            return {"language": draw(st.sampled_from(["", "py", "c\t+\r"]))}
        case _:
            return {}


_buttons = st.fixed_dictionaries(
    {"text": st.sampled_from(["Go", "", "字", "a\tb", "\u202eb", 7])},
    optional={
        "url": st.sampled_from(["", *GOOD_LINKS, *ODD_LINKS]),
        "style": st.sampled_from(["", "primary", "Danger"]),
        "icon_custom_emoji_id": st.just("5"),
    },
).flatmap(lambda button: st.sampled_from(["b", "é" * 32, 5]).map(lambda data: button | {"callback_data": data}))
# Nameless buttons with an icon are another matter, and not one of texts.
_named = _buttons.filter(lambda button: button["text"] != "" or "icon_custom_emoji_id" not in button)
_rows = st.lists(st.lists(_named, max_size=3) | st.lists(_named, min_size=8, max_size=14), max_size=3)


def _crowd(draw: Draw, message: Message) -> None:
    """More entities than stay."""
    count = draw(st.integers(90, 140))
    kinds = draw(st.lists(st.sampled_from([*KINDS, "bold", "bold", "italic"]), min_size=count, max_size=count))
    message["text"] = "ab " * count
    message["entities"] = [
        {"type": kind, "offset": 3 * index, "length": 2} | _details(draw, kind) for index, kind in enumerate(kinds)
    ]
    message["entities"] += [{"type": "italic", "offset": 1, "length": 3 * count - 2}] * draw(st.integers(0, 1))


def _text(make: Callable[[Draw], str]) -> Callable[[Draw, Message], None]:
    def flaw(draw: Draw, message: Message) -> None:
        message.update(text=make(draw), entities=[])
        message.pop("reply_markup", None)

    return flaw


def _entity(kind: str, **fields: object) -> Callable[[Draw, Message], None]:
    """One entity more, these fields of it wrong; None: not there."""

    def flaw(draw: Draw, message: Message) -> None:
        entity = {"type": kind, "offset": 0, "length": 1} | _details(draw, kind) | fields
        message["entities"].insert(
            draw(st.integers(0, len(message["entities"]))), {k: v for k, v in entity.items() if v is not None}
        )

    return flaw


def _placed(place: Callable[[Draw, str], tuple[int, int]]) -> Callable[[Draw, Message], None]:
    def flaw(draw: Draw, message: Message) -> None:
        message["text"] += draw(st.sampled_from(["😀", "a😀b", "😀 😀x"]))
        offset, length = place(draw, message["text"])
        kind = draw(st.sampled_from([*STYLES, "code", "blockquote"]))
        message["entities"].append({"type": kind, "offset": offset, "length": length})

    return flaw


def _middle(draw: Draw, text: str) -> int:
    astral = [utf16(text[:index]) + 1 for index, character in enumerate(text) if character > "\uffff"]
    return draw(st.sampled_from(astral))


def _begins_in_a_middle(draw: Draw, text: str) -> tuple[int, int]:
    middle = _middle(draw, text)
    return middle, draw(st.integers(1, 9))


def _ends_in_a_middle(draw: Draw, text: str) -> tuple[int, int]:
    middle = _middle(draw, text)
    offset = draw(st.integers(0, middle - 1))
    return offset, middle - offset


def _begins_late(draw: Draw, text: str) -> tuple[int, int]:
    return utf16(text) + draw(st.integers(1, 99)), draw(st.integers(1, 9))


def _ends_late(draw: Draw, text: str) -> tuple[int, int]:
    return utf16(text) - draw(st.integers(0, 1)), draw(st.integers(2, 99))


def _heavy(draw: Draw, message: Message) -> None:
    count, long = draw(st.integers(48, 99)), "x" * draw(st.integers(200, 300))
    message["text"] = "a " * count
    message["entities"] = [
        {"type": "text_link", "offset": 2 * index, "length": 1, "url": f"a.b/{long}"} for index in range(count)
    ]


def _markup(make: object) -> Callable[[Draw, Message], None]:
    def flaw(_: Draw, message: Message) -> None:
        message["reply_markup"] = make

    return flaw


def _button(**fields: object) -> Callable[[Draw, Message], None]:
    """One button more, these fields of it wrong; None: not there."""

    def flaw(draw: Draw, message: Message) -> None:
        button = {k: v for k, v in ({"text": "Go", "callback_data": "go"} | fields).items() if v is not None}
        rows = draw(st.lists(st.lists(st.just({"text": "a", "callback_data": "b"}), max_size=3), max_size=2))
        message["reply_markup"] = {"inline_keyboard": [*rows, [button]]}

    return flaw


def _broad(draw: Draw, message: Message) -> None:
    rows, data = draw(st.sampled_from([(13, ""), (30, ""), (20, "x" * 63)]))
    row = [{"text": "a", "callback_data": f"b{data}"}] * 8
    message["reply_markup"] = {"inline_keyboard": [row] * rows}


INVISIBLE = [" ", "\n", "\t", "\r", "\u2800", "\u200b", "\u00a0", "\ufeff", "\u3000", "\u202e", "\U000e0041", "\u200f"]
UNREADABLE = "can't parse MessageEntity: "
BUTTON = "can't parse inline keyboard button: "
BAD_LINKS = {
    "Wrong HTTP URL": "localhost",
    "Unsupported URL protocol": "ftp://a.b",
    "Wrong port number specified in the URL": "a.b:0",
    "URL host is empty": "http:///",
    "Disallowed character in URL host": "a b.c",
    "Disallowed character in URL userinfo": "a b@c.d",
    "Wrong percent-encoded symbol in URL host": "a%g0.b",
    "Wrong percent-encoded symbol in URL userinfo": "a%1@b.c",
    "Wrong IPv6 address specified in the URL": "http://[::g]/",
    "Unallowed characters in URL host": "tg://a.b",
    "Wrong tg URL": "tg://a:5",
    "Wrong ton URL": "ton://u@a",
    "Host is invalid": "./a",
}

# The words of each refusal, without numbers, and how to come by it.
FLAWS: dict[str, Callable[[Draw, Message], None]] = {
    "message text is empty": _text(lambda _: ""),
    "text is too long": _text(lambda draw: "字" * draw(st.integers(10_923, 11_000))),
    "message is too long": _text(lambda draw: draw(st.sampled_from("a字")) * draw(st.integers(4097, 4200))),
    "text must be non-empty": _text(lambda draw: "".join(draw(st.lists(st.sampled_from(INVISIBLE), min_size=1)))),
    "strings must be encoded in UTF-8": _text(
        lambda draw: "a" + draw(st.sampled_from(["\ud83d", "\ude00\ud83d", "\udfffb"]))
    ),
    f"{UNREADABLE}expected an Object": lambda _, message: message["entities"].append(7),
    f'{UNREADABLE}Can\'t find field "offset"': _entity("bold", offset=None),
    f'{UNREADABLE}Can\'t find field "type"': _entity("bold", type=None),
    f'{UNREADABLE}Can\'t find field "url"': _entity("text_link", url=None),
    f'{UNREADABLE}Can\'t find field "user"': _entity("text_mention", user=None),
    f'{UNREADABLE}Can\'t find field "unix_time"': _entity("date_time", unix_time=None),
    f'{UNREADABLE}Field "offset" must be a Number': _entity("code", offset=[]),
    f'{UNREADABLE}Field "length" must be a valid Number': _entity("code", length="1.0"),
    f'{UNREADABLE}Field "url" must be of type String': _entity("text_link", url=True),
    f'{UNREADABLE}Field "user" must be of type Object': _entity("text_mention", user=5),
    f"{UNREADABLE}Unsupported type specified": _entity("glow"),
    f"{UNREADABLE}Type is not specified": _entity(""),
    f"{UNREADABLE}Invalid date-time format specified": _entity("date_time", date_time_format="x"),
    "messageEntityTextUrl.url must be encoded in UTF-8": _entity("text_link", url="a.b/\ud83d"),
    "messageEntityPreCode.language must be encoded in UTF-8": _entity("pre", language="\ude00"),
    "invalid custom emoji identifier specified": _entity("custom_emoji", custom_emoji_id="0"),
    "invalid date specified": _entity("date_time", unix_time=0),
    "receive an entity with incorrect offset …": _entity("bold", offset=-1),
    "receive an entity with incorrect length …": _entity("italic", length=1_000_001),
    "entity begins in a middle of a UTF-16 symbol at byte offset …": _placed(_begins_in_a_middle),
    "entity beginning at UTF-16 offset … ends in a middle of a UTF-16 symbol at byte offset …": _placed(
        _ends_in_a_middle
    ),
    "entity begins after the end of the text at UTF-16 offset …": _placed(_begins_late),
    "entity beginning at UTF-16 offset … ends after the end of the text at UTF-16 offset …": _placed(_ends_late),
    "ENTITIES_TOO_LONG": _heavy,
    **{f"entity URL '…' is invalid: {why}": _entity("text_link", url=url) for why, url in BAD_LINKS.items()},
    "can't parse reply keyboard markup JSON object": _markup("{"),
    "object expected as reply markup": _markup("[]"),
    'field "inline_keyboard" must be of type Array': _markup({"inline_keyboard": {"a": 1}}),
    'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays': _markup(
        json.dumps({"inline_keyboard": [{}]})
    ),
    f"{BUTTON}InlineKeyboardButton must be an Object": _markup({"inline_keyboard": [["Go"]]}),
    f'{BUTTON}Can\'t find field "text"': _button(text=None),
    f'{BUTTON}Field "url" must be of type String': _button(url=[]),
    f"{BUTTON}invalid button style specified": _button(style="loud"),
    f"{BUTTON}Text buttons are unallowed in the inline keyboard": _button(callback_data=""),
    "inline keyboard button text must be encoded in UTF-8": _button(text="\ud83d"),
    "inline keyboard button text must be non-empty": _button(text="\r\u2028"),
    "inline keyboard button URL '…' is invalid: Wrong HTTP URL": _button(url="localhost"),
    "inline keyboard button URL '…' is invalid: Unsupported URL protocol": _button(url="ftp://a.b"),
    "inline keyboard button Web App URL '…' is invalid: Only HTTPS links are allowed": _button(
        callback_data=None, web_app={"url": "http://a.b"}
    ),
    "link to a user can't be used in login URL buttons": _button(
        callback_data=None, login_url={"url": "tg://user?id=7"}
    ),
    "BUTTON_DATA_INVALID": _button(callback_data="é" * 33),
    "reply markup is too long": _broad,
}
# An entity that another swallows fails nothing.
OFTEN_HIDDEN = [words for words in FLAWS if "UTF-16" in words]
# Links of every shape, most of them bad.
_parts = [*GOOD_LINKS, *ODD_LINKS, *BAD_LINKS.values(), "http://", "https://", "tg:", "ton://", "tonsite://", "//"]
_parts += [
    *":/?#@[]%.",
    "%41",
    "::1",
    "[::ffff:1.2.3.4]",
    "[::1%lo]",
    "user?id=",
    "65535",
    "65536",
    "007",
    "-1",
    "A",
    "é",
    " ",
    "\\",
]
urls = st.lists(st.sampled_from(_parts) | st.text(max_size=2), max_size=6).map("".join)
