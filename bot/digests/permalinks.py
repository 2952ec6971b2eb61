"""Where a digest stands on the web."""

import re
from typing import Any
from urllib.parse import quote

from bot.digests.links import openable
from bot.digests.metadata import text_of

_JEKYLL = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)")
_EXTENSION = re.compile(r"\.(?:md|markdown|mdx)$", re.IGNORECASE)


def permalink_of(metadata: dict[str, Any], path: str, base: str | None) -> str | None:
    """Its own `permalink` or `url`, else its path under *base*; None where only the path is known."""
    own = text_of(metadata, "permalink", "url")
    if own and ":" not in own.removeprefix("https:").removeprefix("http:"):
        # Under a base with a path, `/posts/x/` means from there, as Hugo and Jekyll have it.
        return openable(own.lstrip("/") if base else own, base)
    if base is None:
        return None
    *folders, name = _EXTENSION.sub("", path).split("/")
    slug = text_of(metadata, "slug")
    dated = _JEKYLL.fullmatch(name)
    if "_posts" in folders and dated:
        year, month, day, rest = dated.groups()
        return openable(quote(f"{year}/{int(month):02}/{int(day):02}/{slug or rest}.html"), base)
    if name == "index" and not slug:
        return openable(quote("/".join((*folders, ""))), base)
    return openable(quote("/".join((*folders, slug or name, ""))), base)
