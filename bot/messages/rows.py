"""Things one after the other, and lengths of time, with the blanks that a language puts between its scripts: pure.

Chinese is written without blanks, but for one between it and Latin letters or digits, which Babel does not put.
"""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

from babel import Locale
from babel.dates import format_timedelta
from babel.lists import format_list

_LATIN = "A-Za-z0-9\u00c0-\u024f"
_HAN = "\u3400-\u9fff"
_MEETING = re.compile(f"(?<=[{_LATIN}])(?=[{_HAN}])|(?<=[{_HAN}])(?=[{_LATIN}])")
# Where a thing begins or ends with a letter that wants a blank beside Chinese; nothing that is shown has it.
_EDGE = "\0"
_BETWEEN = re.compile(f"(?<=[{_HAN}]){_EDGE}|{_EDGE}(?=[{_HAN}])")


def in_a_row(language: str, things: Sequence[str], *, style: Literal["standard", "or"] = "standard") -> str:
    """Put *things*, each as it is, one after the other, with “and” or “or” before the last."""
    locale = Locale.parse(language, sep="-")
    if not _is_chinese(language):
        return format_list(things, style=style, locale=locale)
    row = format_list([_with_edges(each) for each in things], style=style, locale=locale)
    return _BETWEEN.sub(" ", row).replace(_EDGE, "")


def lasting(language: str, time: timedelta) -> str:
    """Say about how long *time* is."""
    said = format_timedelta(time, threshold=1.5, locale=Locale.parse(language, sep="-"))
    return _MEETING.sub(" ", said) if _is_chinese(language) else said


def _with_edges(thing: str) -> str:
    before, after = (_EDGE if re.match(f"[{_LATIN}]", each) else "" for each in (thing[:1], thing[-1:]))
    return f"{before}{thing}{after}"


def _is_chinese(language: str) -> bool:
    return language.partition("-")[0] == "zh"
