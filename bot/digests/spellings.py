"""Other ways to write the same words: in Simplified Chinese, and in Traditional as far as it is in common use."""

from collections import defaultdict
from functools import cache
from itertools import islice, product

from bot.digests.folding import simplified

# Some characters stand for several; nobody follows all their combinations in a long word.
_MOST = 16


def other_spellings(words: str) -> tuple[str, ...]:
    """Give other ways to write *words*, the likeliest first; none without Chinese characters."""
    if words.isascii():
        return ()
    plain = words.translate(simplified())
    ways = product(*(_traditional().get(character, character) for character in plain))
    spellings = (plain, *("".join(way) for way in islice(ways, _MOST)))
    return tuple(dict.fromkeys(spelling for spelling in spellings if spelling != words))


@cache
def _traditional() -> dict[str, str]:
    """Give for Simplified characters what stands for them in Traditional, themselves first where that has them too."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, plain in simplified().items():
        if _rank(chr(code)):
            found[plain].append(chr(code))
    return {plain: (plain if _rank(plain) else "") + "".join(sorted(ways, key=_rank)) for plain, ways in found.items()}


def _rank(character: str) -> bytes:
    """Give its place in Big5, which has what is in use in Taiwan, the commonest first; empty: it is not in it."""
    return character.encode("big5", "ignore")
