"""Look for a phrase as a reader means it: whole words, and in scripts without blanks any stretch of characters.

`AI` is not in `training` and not in `OpenAI`. Digits are runs of their own, so that `Qwen` is found in `Qwen3` and
`GPT-4` in `GPT 4o`; `4.5` is neither `45` nor `4-5`. `C` is not in `C++`, and `.NET` not in `net`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby

from bot.digests.folding import fold_text

# Scripts whose words no blanks part, or in which endings stand on words without one, as in Korean: radicals, Han, kana,
# bopomofo, Hangul; Thai, Lao, Tibetan, Myanmar, Khmer.
_UNPARTED = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd\u0edc-\u0edf\u0f40-\u0fbc\u1000-\u103f\u1050-\u109f\u1780-\u17d3"
)
# Stands between the runs of one name, or does not: `GPT-4`, `GPT 4`, `GPT4`. What is more than that parts two phrases.
_LOOSE = re.compile(r"[\s_./&'’·+#@\u2010-\u2013-]{0,3}")
# Part of a word: `C++`, `F#`, `C++17`; not `A+B`.
_SIGNS = re.compile(rf"[+#]++(?![^\W\d_{_UNPARTED}])")
# Stands around each run of letters and each of digits in a text that is looked through. No text has it, for it is no
# character (unicode.org/faq/private_use.html#nonchar1), and neither is it a blank.
_EDGE = "\ufdd0"
_MOST_PATTERNS = 4_096


def prepare() -> None:
    """Make what else the first reader would wait a tenth of a second for."""
    fold_text("，")
    _words()


def read_phrases(typed: str) -> list[str]:
    """Write *typed* as phrases are compared, parted where a comma, a bracket or the like parts it.

    Spellings that mean the same come out the same; what is written so stays as it is. None without a letter or digit.
    """
    phrases: list[str] = []
    before: re.Match[str] | None = None
    for between, run in _runs(fold_text(typed)):
        if before is not None and _LOOSE.fullmatch(between):
            phrases[-1] += _as_compared(before, between, run) + _with_signs(between, run)
        else:
            phrases.append(_with_signs(between, run))
        before = run
    return phrases


def as_searched(text: str) -> tuple[str, set[str]]:
    """Prepare *text* for `pattern_of`; give it with all that `runs_in` may find in a phrase that it has, and more."""
    pieces = _words().split(fold_text(text))
    searched = _EDGE.join(pieces)
    return searched, {*searched, *pieces[1::2]}


def runs_in(folded: str) -> list[str]:
    """Give the runs of letters, runs of digits and single characters of which a folded text or a phrase is made."""
    return [run[0] for run in _pattern().finditer(folded)]


@lru_cache(maxsize=_MOST_PATTERNS)
def pattern_of(phrase: str) -> re.Pattern[str]:
    """Make what finds the phrase, written by `read_phrases`, in texts made by `as_searched`."""
    written = ""
    before: re.Match[str] | None = None
    for between, run in _runs(phrase):
        if before is not None:
            written += _written_between(_as_compared(before, between, run), numbers=_are_numbers(before, run))
        written += _written(between, run)
        before = run
    return re.compile(written)


def _written_between(separator: str, *, numbers: bool) -> str:
    if separator == " ":
        return r"\s{1,3}" if numbers else _LOOSE.pattern
    return re.escape(separator)


def _written(between: str, run: re.Match[str]) -> str:
    if run.lastgroup == "unparted":
        return run[0]
    signs = _signs_of(run)
    # A letter alone is another word with signs; `AI` is found in `AI+`.
    no_signs = rf"(?![+#]++(?!{_EDGE}\D))" if len(run[0]) == 1 and run[0].isalpha() and not signs else ""
    dot = r"\." if _has_dot(between, run) else ""
    return dot + _EDGE + re.escape(run[0]) + _EDGE + re.escape(signs) + no_signs


def _runs(folded: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Give the runs in order, each with what stands between it and the one before, signs aside."""
    end = 0
    for run in _pattern().finditer(folded):
        yield folded[end : run.start()], run
        end = run.end() + len(_signs_of(run))


def _as_compared(before: re.Match[str], between: str, run: re.Match[str]) -> str:
    if (_are_numbers(before, run) and not between.isspace()) or (
        not between and before.lastgroup == run.lastgroup == "unparted"
    ):
        return between
    return " "


def _with_signs(between: str, run: re.Match[str]) -> str:
    return ("." if _has_dot(between, run) else "") + run[0] + _signs_of(run)


def _are_numbers(before: re.Match[str], run: re.Match[str]) -> bool:
    return before.lastgroup == run.lastgroup == "number"


def _signs_of(run: re.Match[str]) -> str:
    signs = _SIGNS.match(run.string, run.end()) if run.lastgroup == "letters" else None
    return signs[0] if signs else ""


def _has_dot(between: str, run: re.Match[str]) -> bool:
    """Say whether a dot belongs to it, as in `.NET`; the one of `Node.js` parts two runs."""
    return run.lastgroup == "letters" and between.endswith(".") and (run.start() == 1 or between[-2:-1].isspace())


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?P<unparted>[{_UNPARTED}])|(?P<number>\d+)|(?P<letters>{_letters()})")


@cache
def _words() -> re.Pattern[str]:
    return re.compile(rf"(\d+|{_letters()})")


# On first use: it takes some ten milliseconds.
@cache
def _letters() -> str:
    return rf"(?:[^\W\d_{_UNPARTED}][{_marks()}]*)+"


def _marks() -> str:
    """Write what stands on letters, as the vowels of Hindi do, as the inside of a character class."""
    marks = [code for code in range(0x300, 0x20000) if unicodedata.category(chr(code)).startswith("M")]
    together = (list(group) for _, group in groupby(enumerate(marks), key=lambda place: place[1] - place[0]))
    return "".join(f"{chr(group[0][1])}-{chr(group[-1][1])}" for group in together)
