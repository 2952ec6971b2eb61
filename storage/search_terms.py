"""How text becomes the words that the index holds.

FTS5's tokenizer takes a run of CJK characters for one word. So every such run is cut into overlapping pairs before it
is indexed (`开源模型` -> `开源 源模 模型 型`), and a CJK word is searched as the phrase of its pairs; a single
character is a prefix, which the last one of a run, standing alone, has too. Letters and digits are parted
(`Qwen3` -> `Qwen 3`), so that a name is found with and without its number.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import add

# Han with its radicals and iteration marks, kana with the long-vowel mark, bopomofo, Hangul.
CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_RUN = re.compile(rf"(?P<cjk>[{CJK}]+)|(?P<digits>\d+)|(?P<letters>[^\W\d_{CJK}]+)")
# What Chinese texts have most often. Most are normal without it, which is seen in a thirtieth of the time.
_WIDE = tuple(zip("，：；！？（）", ",:;!?()", strict=True))

# Of a longer phrase the beginning is enough to tell, and each word more makes FTS5 slower.
_LONGEST_PHRASE = 32


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the index that stand one after the other; of the last only the beginning, if *open_ended*."""

    words: tuple[str, ...]
    open_ended: bool = False


def cut(text: str) -> str:
    """Cut *text* into the words that the index holds, parted by blanks."""
    words: list[str] = []
    for cjk, digits, letters in _RUN.findall(folded(text)):
        words += [*map(add, cjk, cjk[1:]), cjk[-1]] if cjk else [digits or letters]
    return " ".join(words)


def folded(text: str) -> str:
    """Bring full-width and half-width forms together; case FTS5 folds by itself."""
    if text.isascii():
        return text
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    return unicodedata.normalize("NFKC", text)


def phrases_of(word: str) -> tuple[Phrase, ...]:
    """Say what a text must have that has *word*: letters and digits as one phrase, a run of CJK as one of its own."""
    phrases: list[Phrase] = []
    beside: list[str] = []
    for run in _RUN.finditer(folded(word)):
        if run["cjk"] is None:
            beside.append(run[0])
            continue
        phrases += [_phrase(beside)] if beside else []
        beside = []
        phrases.append(_begun(run[0]))
    return (*phrases, _phrase(beside)) if beside else tuple(phrases)


def phrase_of(words: str) -> Phrase | None:
    """Say what a text must have that has *words* together, in order; None when they hold no letter and no digit."""
    runs = list(_RUN.finditer(folded(words)))
    if not runs:
        return None
    before = [word for run in runs[:-1] for word, _, _ in _whole(run)]
    last = Phrase((runs[-1][0],)) if runs[-1]["cjk"] is None else _begun(runs[-1][0])
    return _phrase([*before, *last.words], open_ended=last.open_ended)


def _phrase(words: Sequence[str], *, open_ended: bool = False) -> Phrase:
    return Phrase(tuple(words[:_LONGEST_PHRASE]), open_ended and len(words) <= _LONGEST_PHRASE)


def words_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Give each word that the index holds of a folded *text*, in order, with its beginning and its end."""
    for run in _RUN.finditer(text):
        yield from _whole(run)


def _whole(run: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    begin, end = run.span()
    if run["cjk"] is None:
        yield run[0], begin, end
        return
    for place in range(begin, end):
        upto = min(place + 2, end)
        yield run.string[place:upto], place, upto


def _begun(cjk: str) -> Phrase:
    # A run in the index may go on after this, so of several characters only the pairs count.
    pairs = [first + second for first, second in pairwise(cjk)]
    return _phrase(pairs or [cjk], open_ended=not pairs)
