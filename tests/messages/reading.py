"""What somebody reads who presses the button under a digest until there is none."""

import re
from collections.abc import Iterable, Iterator

from bot.messages.pieces import pieces_of
from bot.messages.split import first_sentence
from bot.messages.view import MessagePart, render
from storage.model import Digest, FormattedText, Layout

_BLANKS = re.compile(r"\s*")
# Of what stands in a list of headlines without having one.
_LONGEST_SENTENCE = 200
# Letters that are not seen: where they would turn a line around, a headline goes without.
_MARKS = str.maketrans(dict.fromkeys("\u200e\u200f\u061c"))


def all_parts(digest: Digest, *, layout: Layout, most: int, language: str = "en") -> list[MessagePart]:
    """The parts, those that a button brings, those that the button under these brings, and so on."""
    parts = [*render(digest, layout=layout, language=language, most=most)]
    while (rest := parts[-1].rest) is not None:
        more = render(digest, layout=layout, language=language, most=most, start=rest.begins)
        assert 0 < len(more) <= most
        parts += more
    return parts


def body(part: MessagePart) -> str:
    """What stands below the header, which has no blank line in it."""
    return part.text.partition("\n\n")[2]


def whole_text(digest: Digest, layout: Layout) -> str:
    """The text that all parts together must show."""
    shown = [piece for piece in pieces_of(digest, layout) if piece.text.text]
    return "".join(piece.gap + piece.text.text for piece in shown)


def unread(whole: str, bodies: Iterable[str]) -> Iterator[str]:
    """Where *bodies*, one after the other, do not say what *whole* says: as it goes on in either.

    Between two of them blanks may be missing, and nothing else.
    """
    at = 0
    for each in bodies:
        at = _blanks_end(whole, at)
        if not whole.startswith(each, at):
            yield f"{whole[at : at + 200]!r} became {each[:200]!r}"
            return
        at += len(each)
    if whole[at:].strip():
        yield f"{whole[at : at + 200]!r} is in no part"


def ink(text: str) -> str:
    """All of *text* that can be seen: no blanks, no marks of direction."""
    return "".join(text.split()).translate(_MARKS)


def in_digest(digest: Digest, layout: Layout) -> str:
    """The ink that *digest* makes below the headers."""
    said = (each if isinstance(each, str) else each.text for each in said_by(digest, layout))
    return ink("".join(said))


def said_by(digest: Digest, layout: Layout) -> Iterator[str | FormattedText]:
    """The intro, and each item under its section, in order; what keeps its styles comes with them."""
    if layout == "full":
        yield digest.intro
    section: str | None = None
    for item in digest.items:
        if item.section != section:
            section = item.section
            yield section or ""
        bullet = "•" if layout == "headlines" or not item.headline.text else ""
        yield bullet if item.number is None else f"{item.number}."
        yield item.headline.text
        if layout == "full":
            yield item.summary
        elif not item.headline.text:
            yield first_sentence(item.summary, _LONGEST_SENTENCE).text


def _blanks_end(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at
