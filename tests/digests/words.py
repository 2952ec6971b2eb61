"""Compare the words of a digest file with those that its digest says."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from bot.digests.blocks import Block
from bot.digests.emphasis import is_cjk
from bot.digests.lists import is_contents
from bot.digests.pictures import is_only_pictures
from bot.digests.placeholders import without_placeholders
from bot.digests.sections import Section, sections_of
from bot.digests.sources import is_way_to_source
from storage.model import Digest

# What no reader sees: comments, scripts, where a link or picture leads, tags, the definitions of reference links and
# the labels that refer to them, the language of a code fence, addresses written out, and what tables are ruled with.
_UNSEEN = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1>|(?<=\])\(\s*<?[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*>?(?:\s+[\"'(][^\n]*?[\"')])?\s*\)"
    r"|^ {0,3}\[[^\]\n]+\]:[^\n]*$|(?<=\])\[[^\[\]]{0,200}\]|</?[A-Za-z][^<>]*>|^[ \t>]*(?:```|~~~)[^\n]*$|<?https?://[^\s<>)\]，。]+>?",
    re.DOTALL | re.MULTILINE,
)
_WORD = re.compile(r"\w+")
# Between letters it styles only a part of a word.
_MARK = re.compile(r"(?<=\w)[`*]+(?=\w)")
_NUMBER = re.compile(r"^[ \t>#*]*(?:\d{1,9}[.)](?=\s)|[（(]?[一二三四五六七八九十]{1,3}[）)、．.])", re.MULTILINE)


def words_of(text: str) -> Counter[str]:
    """How often each word is in *text*; of CJK each character is one."""
    found: Counter[str] = Counter()
    for word in _WORD.findall(_MARK.sub("", text.replace("_", " ")).casefold()):
        parted = "".join(f" {sign} " if is_cjk(sign) else sign for sign in word)
        found.update(parted.split())
    return found


def words_in_source(body: str) -> Counter[str]:
    """The words of a Markdown *body* that a reader of it sees, without the numbers of its items."""
    return words_of(unescape(_NUMBER.sub("", _UNSEEN.sub(" ", without_placeholders(body)))))


def words_in_digest(digest: Digest) -> Counter[str]:
    """The words of title, intro, sections, numbers, headlines and summaries."""
    sections = list(dict.fromkeys(item.section or "" for item in digest.items))
    numbers = [str(item.number) for item in digest.items if item.number is not None]
    items = (f"{item.headline.text}\n{item.summary.text}" for item in digest.items)
    texts = [digest.title, digest.intro.text, *sections, *numbers, *items]
    return words_of(re.sub(r"https?://\S+", " ", "\n".join(texts)))


def words_dropped(blocks: list[Block], *, title: str) -> Counter[str]:
    """The words that the rules drop, in the order of the rules.

    The title where it stands over all as a heading; tables of contents; a name over sections which have names of their
    own, or over nothing but such tables; the way to the source that a headline leads to; pictures alone beside items.
    """
    whole = sections_of(blocks, title=title)
    headings = [block for block in blocks if block.kind == "heading"]
    kept = {id(part.heading) for part in _parts(whole)} | {id(block) for block in whole.content}
    dropped = [block.text.text for block in headings if id(block) not in kept]
    dropped += (_said(block) for block in blocks if is_contents(block))
    dropped += (part.name or "" for part in _parts(whole) if part.parts or all(map(_is_no_remark, part.content)))
    dropped += (_said(block) for block in _all(blocks) if is_way_to_source(block) or is_only_pictures(block))
    return words_of("\n".join(dropped))


def lost_words(body: str, digest: Digest) -> Counter[str]:
    """The words of *body* that *digest* does not say as often."""
    return words_in_source(body) - words_in_digest(digest)


def _parts(section: Section) -> Iterator[Section]:
    for part in section.parts:
        yield part
        yield from _parts(part)


def _is_no_remark(block: Block) -> bool:
    return is_contents(block) or is_only_pictures(block)


def _all(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _all(block.children)


def _said(block: Block) -> str:
    return "\n".join(each.text.text for each in _all([block]))
