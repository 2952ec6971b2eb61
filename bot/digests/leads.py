"""Find the headline that a paragraph begins with, if it begins with one."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.digests.blocks import SOFT_BREAK
from bot.digests.entities import cut, without
from bot.digests.inline import DEAD, finish
from bot.digests.links import openable
from bot.digests.pictures import is_picture, without_last_pictures
from bot.digests.tables import width
from storage.model import Entity, EntityType, FormattedText

# A paragraph that is no longer can stand as a headline itself.
LONGEST_HEADLINE = 200
_NUMBER = re.compile(
    r"[\s*#]*(?:[(（【\[]?(\d{1,3})(?:[.．:：](?!\d)|[、)）】\]]|\ufe0f?\u20e3)|([①-⑳])|No\.\s?(\d{1,3})[.:：]?)[\s、.]*"
)
_CIRCLED = ord("①") - 1
# `三、`, `（十二）`
_CHINESE = re.compile(r"[\s*#]*(?:[（(]([一二三四五六七八九十]{1,3})[）)]|([一二三四五六七八九十]{1,3})[、．.])[\s、]*")
_DIGITS = "一二三四五六七八九"
# Of a task list (GitHub Flavored Markdown 5.3).
_BOX = re.compile(r"\[[ xX]\]\s+")
# What may stand before a headline and belongs to it: an emoji, an arrow, an opening bracket.
_ORNAMENT = re.compile(r"[^\w\v\n]{0,12}")
# What parts a headline from what is said about it in the same line.
_SEPARATOR = re.compile(r"[\s\u3000]*(?:[—–―:：|｜·•,，.。;；~～=→-]|[-–—]{2,3}|$)+[\s\u3000]*", re.MULTILINE)
# `[Study]`, `【论文】`, `(video)` before a link.
_LABEL = re.compile(r"[^\w\v\n\[【(（]{0,12}(?:[\[【(（][^\[\]【】()（）\v\n]{1,24}[\]】)）] ?){1,2}")
_ENDS_LINE = re.compile(r"[\s)）】\]」』》\"'”’!?！？.。…]*$")
_BARE_URL = re.compile(r"https?://[^\s<>\"'，。；、）】》」\u3000]+")
_LEFT_OVER = re.compile(r"[\s.。,，;；:：]*")
_TRAILING = " \t\n\v\u3000:：-–—|·"
# What ends the sentence and not the address in it.
_AFTER_URL = ".,;:!?)"
# What is narrower, at the beginning of a sentence, only names a thing.
_NAME = 12
_SENTENCE_ENDS = "。！？.!?…；;"


@dataclass(frozen=True, slots=True)
class Lead:
    """A headline, and what of its paragraph is left."""

    headline: FormattedText
    link: str | None
    rest: FormattedText
    number: int | None = None
    # True: a whole line, or parted from what follows by a sign; False: a sentence that begins with a link, or a guess.
    firm: bool = False
    # True: it has a link, be it one that cannot be opened.
    linked: bool = False


# Each paragraph is asked for several times while sections are compared; no digest that is one to read has more of them.
@lru_cache(maxsize=1024)
def lead_of(paragraph: FormattedText, *, alike: bool = False) -> Lead | None:
    """The headline at the beginning of *paragraph*: a link, a bold stretch, a line of its own; None without one.

    *alike*: all beside it begin with a link as well, so that it names the paragraph, however short.
    """
    number, start = number_of(paragraph.text)
    body = cut(paragraph, start, len(paragraph.text)) if start else paragraph
    found = _marked(body, alike=alike) or _own_line(body)
    if found is None and number is not None and len(body.text) <= LONGEST_HEADLINE:
        words, pictures = without_last_pictures(body)
        found = Lead(words, link_in(body), pictures)
    # An address says where, not what.
    if found is None or is_address(found.headline.text):
        return None
    firm = found.firm or number is not None
    linked = found.link is not None or has_link(found.headline)
    return Lead(plain_headline(found.headline), found.link, found.rest, number, firm, linked)


def number_of(text: str) -> tuple[int | None, int]:
    """The number that *text* begins with, as items are numbered, and where what follows begins."""
    found = _NUMBER.match(text) or _CHINESE.match(text)
    if found is None or found.end() == len(text):
        box = _BOX.match(text)
        return None, box.end() if box else 0
    if found.re is _CHINESE:
        return _chinese(found[1] or found[2]), found.end()
    if found[2]:
        return ord(found[2]) - _CIRCLED, found.end()
    return int(found[1] or found[3]), found.end()


def is_numbered_item(text: str) -> bool:
    """Whether *text* begins with such a number as items have; `三、` is one of a section more often."""
    return _NUMBER.match(text) is not None


def _chinese(written: str) -> int:
    tens, ten, ones = written.partition("十")
    if not ten:
        return _DIGITS.index(tens[-1]) + 1
    return 10 * (_DIGITS.index(tens[-1]) + 1 if tens else 1) + (
        _DIGITS.index(ones[0]) + 1 if ones in _DIGITS and ones else 0
    )


def only_number(text: str) -> int | None:
    """The number of an entry that *text* is and nothing else, as in `2、`; `（二）` alone parts an essay instead."""
    number, start = number_of(f"{text} x")
    return number if start == len(text) + 1 and is_numbered_item(text) else None


def link_in(text: FormattedText) -> str | None:
    """The first address in *text*, linked or written out."""
    return next(iter(addresses_in(text)), None)


def is_address(headline: str) -> bool:
    """Whether *headline* is nothing but an address."""
    return _BARE_URL.fullmatch(headline) is not None


def has_link(text: FormattedText) -> bool:
    """Whether *text* has a link, be it one that cannot be opened."""
    return bool(links_of(text)) or link_in(text) is not None


def addresses_in(text: FormattedText) -> list[str]:
    """The addresses that *text* links to, but for pictures, or that are written out in it, in their order."""
    linked = [e for e in links_of(text) if e.value != DEAD]
    if "://" not in text.text:
        return [e.value for e in linked]
    written = [
        (url.start(), openable(url[0].rstrip(_AFTER_URL), None))
        for url in _BARE_URL.finditer(text.text)
        if not any(e.offset <= url.start() < e.offset + e.length for e in linked)
    ]
    found = sorted([*((e.offset, e.value) for e in linked), *written], key=lambda each: each[0])
    return [address for _, address in found if address is not None]


def links_of(text: FormattedText) -> list[Entity]:
    """The links of *text* but for pictures, those that nobody can open included."""
    return [e for e in text.entities if e.type == EntityType.TEXT_LINK and not is_picture(text, e)]


def plain_headline(text: FormattedText) -> FormattedText:
    """Write a headline in one line, without the styles and the link that cover it whole.

    `**Headline **` is bold to whoever wrote it, though not in CommonMark (section 6.2).
    """
    text = finish(text)
    if len(text.text) > len("****") and text.text.startswith("**") and text.text.endswith("**"):
        text = cut(text, len("**"), len(text.text) - len("**"))
    links = {e.value for e in text.entities if e.type == EntityType.TEXT_LINK}
    if len(links) == 1:
        text = without(text, EntityType.TEXT_LINK)
    kept = (e for e in text.entities if e.type != EntityType.BOLD or e.length < len(text.text) - 1)
    return FormattedText(text.text.replace("\n", " "), tuple(kept))


def _marked(body: FormattedText, *, alike: bool) -> Lead | None:
    """A link or a bold stretch that the paragraph begins with and that says what it is about."""
    mark = _mark(body)
    if mark is None or is_picture(body, mark):
        return None
    end = mark.offset + mark.length
    line_end = _line_end(body.text, end)
    tail = body.text[end:line_end]
    if _ENDS_LINE.match(tail):
        return _parted(body, line_end, line_end, mark, firm=True)
    separator = _SEPARATOR.match(body.text, end, line_end)
    if separator is None and mark.type == EntityType.BOLD:
        # `**Headline:** text` has its separator inside.
        separator = re.compile("").match(body.text, end) if body.text[end - 1] in _TRAILING else None
        if separator is None and not _brackets(tail):
            return None
    if separator is None and not alike and width(body.text[mark.offset : end]) < _NAME and not _brackets(tail):
        # `[Rust](…) is a language` is a sentence.
        return None
    return _parted(body, end, separator.end() if separator else end, mark, firm=separator is not None)


def _mark(body: FormattedText) -> Entity | None:
    """The link or bold stretch that *body* begins with; a label before a longer link is its ornament."""
    marks = [e for e in body.entities if e.type in (EntityType.BOLD, EntityType.TEXT_LINK)]
    begin = _ORNAMENT.match(body.text)
    if not marks or marks[0].offset > (begin.end() if begin else 0):
        label = _LABEL.match(body.text)
        return marks[0] if label and marks and marks[0].offset == label.end() else None
    first, end = marks[0], marks[0].offset + marks[0].length
    following = next((e for e in marks[1:] if e.offset >= end), None)
    if following is None or following.type != EntityType.TEXT_LINK or body.text[end : following.offset].strip(" "):
        return first
    # `**[Study]** [Headline](…)`
    return following if following.length > first.length else first


def _parted(body: FormattedText, end: int, rest: int, mark: Entity, *, firm: bool) -> Lead:
    headline = cut(body, 0, len(body.text[:end].rstrip(_TRAILING)))
    signs = _LEFT_OVER.match(body.text, rest)
    left = cut(body, signs.end() if signs else rest, len(body.text))
    link = link_in(headline) or (mark.value or None) or link_in(cut(body, rest, len(body.text)))
    return Lead(headline, link, left, firm=firm)


def _brackets(tail: str) -> bool:
    return tail.lstrip().startswith(("(", "（", "[", "【", "by ", "via "))


def _own_line(body: FormattedText) -> Lead | None:
    """A first line that ends before it must, or that ends with a bare address."""
    line_end = _line_end(body.text, 0)
    line = body.text[:line_end]
    address = _BARE_URL.search(line)
    if address and 0 < address.start() <= LONGEST_HEADLINE and _ends_with(body, address, line_end):
        headline = cut(body, 0, len(line[: address.start()].rstrip(_TRAILING + "(（")))
        if headline.text:
            return Lead(headline, openable(address[0].rstrip(_AFTER_URL), None), cut(body, line_end, len(body.text)))
    if line_end == len(body.text) or len(line) > LONGEST_HEADLINE or line.rstrip()[-1:] in _SENTENCE_ENDS:
        return None
    if body.text[line_end] == "\n" or _is_deliberate(body.text):
        headline = cut(body, 0, line_end)
        return Lead(headline, link_in(headline), cut(body, line_end, len(body.text)))
    return None


def _ends_with(body: FormattedText, address: re.Match[str], line_end: int) -> bool:
    """Whether the line ends with *address* and leads nowhere else before."""
    rest = body.text[address.end() : line_end].strip(_TRAILING + ".。)）")
    return not rest and all(link.offset >= address.start() for link in links_of(body))


def _line_end(text: str, start: int) -> int:
    ends = [at for at in (text.find("\n", start), text.find(SOFT_BREAK, start)) if at >= 0]
    return min(ends, default=len(text))


def _is_deliberate(text: str) -> bool:
    """Would the first word of the second line have fitted into the first? Then whoever wrote it broke it on purpose."""
    lines = text.split(SOFT_BREAK)
    word = re.match(r"[\x21-\x7e]+|.", lines[1])
    longest = max(width(line) for line in lines)
    return width(lines[0]) + 1 + (width(word[0]) if word else 0) < 0.7 * longest
