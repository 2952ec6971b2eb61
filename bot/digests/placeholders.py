"""Take out what a site's own machine would have filled in: Hugo's shortcodes, Liquid, Kramdown's attributes."""

import re

# Each is bounded and ends where another begins, so that openings without an end cost the same wherever they stand.
_PLACEHOLDER = re.compile(
    r"\{\{[<%](?:(?!\{\{[<%]).){0,2000}?[%>]\}\}|\{%(?:(?!\{%).){0,2000}?%\}|\{\{[^{}\n]{0,300}\}\}|\{:[^{}\n]{0,200}\}"
    r"|(?<=[ \t])\{[#.][\w:-]{1,80}[^{}\n]{0,200}\}[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_ASSIGNMENT = re.compile(r"\{%-?\s*assign\s+(\w{1,60})\s*=\s*[\"']([^\"'\n]{0,300})[\"']\s*-?%\}")
# In the place of an address: what only the site's machine knows becomes one that nobody can open.
_ADDRESS = re.compile(r"(\]\(|\]:)[ \t]*<?\{[{%]([^\n{}]{0,300}?)[%}]\}")
_UNKNOWN = " about:"
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_CODE = re.compile(r"(?<!`)(`{1,20})(?!`)[^`]{1,500}\1(?!`)")


def without_placeholders(body: str) -> str:
    """The same lines, without placeholders; those in fenced or inline code stay."""
    if "{" not in body:
        return body
    known = {"site.baseurl": "", "site.url": "", **dict(_ASSIGNMENT.findall(body))}
    pieces: list[str] = []
    outside: list[str] = []
    fence = ""
    for line in body.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if fence:
            pieces.append(line)
            if mark and mark[1].startswith(fence):
                fence = ""
        elif mark:
            pieces += (_filled("".join(outside), known), line)
            outside.clear()
            fence = mark[1]
        else:
            outside.append(line)
    pieces.append(_filled("".join(outside), known))
    return "".join(pieces)


def _filled(text: str, known: dict[str, str]) -> str:
    """Fill in *known* addresses, and take all other placeholders out of what is no code."""

    def address(found: re.Match[str]) -> str:
        return f"{found[1]} {known.get(found[2].strip(), _UNKNOWN)}"

    text = _ADDRESS.sub(address, text)
    kept: list[str] = []
    at = 0
    for code in _CODE.finditer(text):
        kept += (_PLACEHOLDER.sub(_newlines, text[at : code.start()]), code[0])
        at = code.end()
    kept.append(_PLACEHOLDER.sub(_newlines, text[at:]))
    return "".join(kept)


def _newlines(placeholder: re.Match[str]) -> str:
    return "\n" * placeholder[0].count("\n")
