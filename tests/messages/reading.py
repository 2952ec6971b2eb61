"""What somebody reads who presses the button under a digest until there is none."""

import re
from collections.abc import Iterable, Iterator

from bot.messages.pieces import pieces_of
from bot.messages.view import MessagePart, render
from storage.model import Digest, Layout

_BLANKS = re.compile(r"\s*")


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
        at = _ink(whole, at)
        if not whole.startswith(each, at):
            yield f"{whole[at : at + 200]!r} became {each[:200]!r}"
            return
        at += len(each)
    if whole[at:].strip():
        yield f"{whole[at : at + 200]!r} is in no part"


def _ink(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at
