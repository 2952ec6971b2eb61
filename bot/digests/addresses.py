"""Keep addresses with blanks in them whole: CommonMark (6.3) ends a link's address at the first."""

import re

from bot.digests.verbatim import outside_code, outside_fences

# A title would begin with a quote or bracket; what is no address of a page is not looked at.
_WITH_BLANKS = re.compile(
    r"(?<=\]\()[ \t]*((?:https?://|\.{0,2}/)[^\s()<>\"']{1,500}(?: [^\s()<>\"']{1,200}){1,20})[ \t]*(?=\))"
)


def with_whole_addresses(body: str) -> str:
    """The same lines, `<` and `>` around each link's address that has blanks in it."""
    if _WITH_BLANKS.search(body) is None:
        return body
    return outside_fences(body, lambda text: outside_code(text, lambda words: _WITH_BLANKS.sub(r"<\1>", words)))
