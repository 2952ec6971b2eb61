"""Part what a person put in quotes from what they did not."""

import re
from collections.abc import Iterator

# Opening and closing marks are not told apart: input methods give ”name” as often as “name”.
_MARKS = re.compile('["“”„＂「」『』«»]')
_QUOTED = re.compile(r'["“”„＂]([^"“”„＂]*)["“”„＂]|「([^」]*)」|『([^』]*)』|«([^»]*)»')


def by_quotes(text: str) -> Iterator[tuple[bool, str]]:
    """Give *text* piece by piece, each with whether it stood in quotes; a quote that nobody closed is none."""
    end = 0
    for quoted in _QUOTED.finditer(text):
        yield False, text[end : quoted.start()]
        yield True, next((inside for inside in quoted.groups() if inside), "")
        end = quoted.end()
    yield False, text[end:]


def without_quotes(text: str) -> str:
    """Take all quotes out, so that *text* can be put in quotes and be told again."""
    return _MARKS.sub("", text)
