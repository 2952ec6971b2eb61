"""Whether Telegram takes a link: TDLib's check (LinkManager check_link, HttpUrl parse_url) in its words."""

import re
import socket
from functools import lru_cache

from bot.sandbox.cleaning import is_utf8
from bot.sandbox.entities import LAST_USER_ID

BLANKS = re.compile(r"[\x00-\x20]")
SCHEME = re.compile(r"([^:/?#@\[\]]*)://")
ALLOWED = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=\x80-\U0010ffff]|%[0-9A-Fa-f]{2})*")
# A user name before the host may hold a colon too.
ALLOWED_USER = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=:\x80-\U0010ffff]|%[0-9A-Fa-f]{2})*")
LARGEST_PORT = 65535
ONLY_HTTPS = "Only HTTPS links are allowed"
# Links of the form tg://user?id=7 are no links but mentions (get_link_user_id).
PERSON = re.compile(r"tg:(?://)?user/?\?([^#]*)")


class LinkError(ValueError):
    """A link that Telegram refuses; the text says why, in its words."""


# The same digest goes to many.
@lru_cache(4096)
def checked_link(link: str, *, only_https: bool = False) -> str:
    """*link* as Telegram keeps it, or a `LinkError`: "URL '…' is invalid: …"."""
    try:
        return _checked(link, only_https=only_https)
    except LinkError as error:
        shown = f"URL '{link}'" if is_utf8(link) else "URL"
        raise LinkError(f"{shown} is invalid: {error}") from error


def person_in(link: str) -> int | None:
    """The person whom *link* names instead of a place, if any."""
    found = PERSON.match(lowered(link))
    if found is None:
        return None
    named = (parameter.partition("=") for parameter in found[1].split("&"))
    value = next((value for name, _, value in named if name == "id"), "")
    return int(value) if re.fullmatch(r"[1-9][0-9]{0,12}", value) and int(value) <= LAST_USER_ID else None


def _checked(link: str, *, only_https: bool) -> str:
    for scheme in ("tg", "tonsite", "ton"):
        if link[: len(scheme) + 1].lower() == f"{scheme}:":
            return _own(link[len(scheme) + 1 :].removeprefix("//"), scheme, only_https=only_https)
    protocol, authority, rest = _parted(link)
    user, host, port = _host(authority)
    if only_https and protocol != "https":
        raise LinkError(ONLY_HTTPS)
    if "." not in host and not host.startswith("["):
        raise LinkError("Wrong HTTP URL")
    shown_port = f":{port}" if port else ""
    return f"{protocol}://{f'{user}@' if user else ''}{host}{shown_port}{rest}"


def _own(rest: str, scheme: str, *, only_https: bool) -> str:
    protocol, authority, query = _parted(rest)
    user, host, port = _host(authority)
    if only_https:
        raise LinkError(ONLY_HTTPS)
    if rest.lower().startswith("http://") or protocol == "https" or user or port or host.startswith("["):
        raise LinkError("Wrong tg URL" if scheme == "tg" else "Wrong ton URL")
    if not re.fullmatch(r"[a-z0-9_.-]*" if scheme == "tonsite" else r"[a-z0-9_-]*", host):
        raise LinkError("Unallowed characters in URL host")
    return f"{scheme}://{host}{query[1:] if query.startswith('/?') else query}"


def _parted(link: str) -> tuple[str, str, str]:
    """The protocol, what stands between it and the path, and the path with all that follows."""
    protocol = "http"
    if found := SCHEME.match(link):
        protocol = found[1].lower()
        if protocol not in ("http", "https"):
            raise LinkError("Unsupported URL protocol")
        link = link[found.end() :]
    authority = re.match(r"[^/?#]*", link)
    length = authority.end() if authority else 0
    rest = link[length:].rstrip(" \t\r\n\0\v") or "/"
    escaped = BLANKS.sub(lambda blank: f"%{ord(blank[0]):02X}", rest)
    return protocol, link[:length], escaped if escaped.startswith("/") else f"/{escaped}"


def _host(authority: str) -> tuple[str, str, int]:
    """The user, the host and the port (0: none given)."""
    host, port = authority, 0
    if (colon := max(authority.rfind(mark) for mark in ":]@")) > 0 and authority[colon] == ":":
        host, port = authority[:colon], _port(authority[colon + 1 :])
    user, _, host = host.rpartition("@")
    if host.startswith("[") and host.endswith("]"):
        _check_ipv6(host)
    elif host in ("", "."):
        raise LinkError("Host is invalid" if host else "URL host is empty")
    else:
        _check_part(host, "host", ALLOWED)
        _check_part(user, "userinfo", ALLOWED_USER)
    return user, lowered(host), port


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]+", text) or not 0 < int(text) <= LARGEST_PORT:
        raise LinkError("Wrong port number specified in the URL")
    return int(text)


def _check_ipv6(host: str) -> None:
    try:
        # Telegram asks its operating system, too.
        socket.inet_pton(socket.AF_INET6, host[1:-1])
    except (OSError, ValueError) as error:
        raise LinkError("Wrong IPv6 address specified in the URL") from error


def _check_part(part: str, name: str, allowed: re.Pattern[str]) -> None:
    found = allowed.match(part)
    length = found.end() if found else 0
    if length < len(part):
        if part[length] == "%":
            raise LinkError(f"Wrong percent-encoded symbol in URL {name}")
        raise LinkError(f"Disallowed character in URL {name}")


def lowered(text: str) -> str:
    """*text* with the capitals of ASCII, and no others, made small."""
    if text.isascii():
        return text.lower()
    return "".join(character.lower() if character.isascii() else character for character in text)
