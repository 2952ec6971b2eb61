"""Take out what a site's own machine would have filled in: Hugo's shortcodes, Liquid, Kramdown's attributes."""

import re
from functools import partial

from bot.digests.verbatim import outside_code, outside_fences

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


# MDX's; a line of prose that is written just so is none.
_IMPORT = re.compile(r"""^(?:import|export)\b[^\n"']{0,200}\bfrom (["'])[^"'\n]{1,200}\1;?[ \t]*$""", re.MULTILINE)


def without_placeholders(body: str) -> str:
    """The same lines, without placeholders; those in fenced or inline code stay."""
    if "import" in body or "export" in body:
        body = outside_fences(body, partial(_IMPORT.sub, ""))
    if "{" not in body:
        return body
    known = {"site.baseurl": "", "site.url": "", **dict(_ASSIGNMENT.findall(body))}
    return outside_fences(body, partial(_filled, known=known))


def _filled(text: str, known: dict[str, str]) -> str:
    """Fill in *known* addresses, and take all other placeholders out of what is no code."""

    def address(found: re.Match[str]) -> str:
        return f"{found[1]} {known.get(found[2].strip(), _UNKNOWN)}"

    return outside_code(_ADDRESS.sub(address, text), partial(_PLACEHOLDER.sub, _newlines))


def _newlines(placeholder: re.Match[str]) -> str:
    return "\n" * placeholder[0].count("\n")
