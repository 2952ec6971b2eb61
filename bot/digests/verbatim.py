"""Change the source of a body, but not its code."""

import re
from collections.abc import Callable, Iterator

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_CODE = re.compile(r"(?<!`)(`{1,20})(?!`)[^`]{1,500}\1(?!`)")


def outside_fences(body: str, change: Callable[[str], str]) -> str:
    """Put what *change* makes of it in the place of each stretch of *body* that is no fenced code."""
    return "".join(text if is_code else change(text) for text, is_code in parted(body))


def parted(body: str) -> Iterator[tuple[str, bool]]:
    """The stretches of *body* and whether each is fenced code."""
    stretch: list[str] = []
    fence = ""
    for line in body.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if mark and not fence:
            yield "".join(stretch), False
            stretch, fence = [line], mark[1]
        elif mark and mark[1].startswith(fence):
            yield "".join((*stretch, line)), True
            stretch, fence = [], ""
        else:
            stretch.append(line)
    yield "".join(stretch), bool(fence)


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Put what *change* makes of it in the place of each stretch of *text*, which has no fences, that is no code."""
    kept: list[str] = []
    at = 0
    for code in _CODE.finditer(text):
        kept += (change(text[at : code.start()]), code[0])
        at = code.end()
    kept.append(change(text[at:]))
    return "".join(kept)
