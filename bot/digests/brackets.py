"""Keep brackets that nest without end from costing time without end.

markdown-it looks for the end of a link from every bracket anew, and reads the words of a picture once more for each
picture around it: half a megabyte of `![` took twenty seconds.
"""

import re

# A picture in a link, with brackets in its words, has three.
_DEEPEST = 6
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)


def plain_brackets(text: str, *, pictures_around: int) -> frozenset[int]:
    """Where *text*, which stands in the words of so many pictures, opens brackets too deep to be links."""
    deepest = _DEEPEST - pictures_around
    found: list[int] = []
    depth = 0
    for sign in _BRACKET.finditer(text):
        if sign[0] == "[":
            depth += 1
            if depth > deepest:
                found.append(sign.start())
        elif sign[0] == "]":
            depth = max(0, depth - 1)
    return frozenset(found)
