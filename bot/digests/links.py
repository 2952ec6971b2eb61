"""Tell which links Telegram opens, and bring the others into that shape where they can be."""

import re
from functools import lru_cache
from ipaddress import IPv6Address
from urllib.parse import quote, urljoin

from bot.digests.characters import clean

# A part of a message has 9,000 bytes for all its links; what is longer than a browser's address bar takes is no link.
_LONGEST = 2_000
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB = re.compile(r"(https?)://(?:[^/?#@\s]*@)?(\[[0-9A-Fa-f:.]+\]|[^/?#:@\[\]]+)(:\d{1,5})?(?=[/?#]|$)", re.IGNORECASE)
# HttpUrl.cpp, `parse_url`: these ASCII signs may stand in a host; any letter beyond ASCII may.
_HOST = re.compile(r"[A-Za-z0-9.\-_!$,~*'();&+=%\u0080-\U0010ffff]+")
_APP = re.compile(r"(?:tg|ton|tonsite)://[A-Za-z0-9_-]+(?:[/?#]|$)", re.IGNORECASE)
_TON_SITE = re.compile(r"tonsite://[^/?#:@\[\]\s]+\.[^/?#:@\[\]\s]+(?:[/?#]|$)", re.IGNORECASE)
_GAPS = re.compile(r"[\x00-\x20\x7f]+")
_HIGHEST_PORT = 65_535
_ESCAPED = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#](?:[A-Za-z0-9;/?:@&=+$,\-_.!~*'()#]|%[0-9A-Fa-f]{2})*)?"
)


@lru_cache(maxsize=4096)
def openable(url: str, base: str | None) -> str | None:
    """The address that Telegram opens for *url*, relative ones resolved against *base*; None where there is none."""
    url = clean(url).strip()
    if not url or url.startswith("#"):
        return None
    if not (named := _SCHEME.match(url)):
        if base is None:
            return openable(f"https:{url}", None) if url.startswith("//") else None
        url = _joined(base, url)
    elif named[1].lower() == "tonsite":
        return url if _TON_SITE.match(url) and len(url) <= _LONGEST else None
    elif named[1].lower() in ("tg", "ton"):
        return url if _APP.match(url) and len(url) <= _LONGEST else None
    url = _GAPS.sub(lambda gap: quote(gap[0]), url)
    return url if len(url.encode()) <= _LONGEST and _is_web(url) else None


def is_escaped(url: str) -> bool:
    """Say whether *url* is a web address of the usual kind, with nothing in it that would have to be escaped."""
    return _ESCAPED.fullmatch(url) is not None


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base if base.endswith("/") else f"{base}/", url)
    except ValueError:
        # A broken IPv6 host.
        return ""


def _is_web(url: str) -> bool:
    """Whether scheme, host and port are as TDLib's `LinkManager::check_link` asks."""
    found = _WEB.match(url)
    if not found:
        return False
    host, port = found[2], found[3]
    if port and not 0 < int(port[1:]) <= _HIGHEST_PORT:
        return False
    if host.startswith("["):
        return _is_ipv6(host[1:-1])
    return "." in host.strip(".") and "%" not in host and _HOST.fullmatch(host) is not None


def _is_ipv6(host: str) -> bool:
    try:
        IPv6Address(host)
    except ValueError:
        return False
    return True
