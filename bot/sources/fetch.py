"""Get what stands at a web address, in bounded time and memory, and only if it is new."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import aiohttp
from yarl import URL

from bot.redaction import without_password
from bot.sources.files import SourceUnreachable
from bot.sources.inflate import Inflater, NotPacked

MOST_BYTES = 20 * 1024 * 1024
_MOST_REDIRECTS = 5
_PERMANENT = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
_REDIRECTS = _PERMANENT | {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}
_REFUSALS: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "asks who we are; put name and password into its address, https://name:password@…",
    HTTPStatus.FORBIDDEN: "does not let us in; ask whoever runs it",
    HTTPStatus.NOT_FOUND: "is not there; correct the address",
    HTTPStatus.GONE: "is gone for good; take it out of the sources",
    HTTPStatus.TOO_MANY_REQUESTS: "asks us to come less often; look at it less often",
}
# How a server may say that it packed what it sends, and whether it did.
_PACKED = {"": False, "identity": False, "gzip": True, "x-gzip": True, "deflate": True}
_SECRET = re.compile(r"([?&][^=&#]*(?:token|key|secret|auth|pass|sig)[^=&#]*=)[^&#]+", re.IGNORECASE)
_SECONDS = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a feed may take: to arrive, to fall silent, to be understood."""

    arriving: timedelta = timedelta(minutes=2)
    silence: timedelta = timedelta(seconds=30)
    understanding: timedelta = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Known:
    """What the server called the version that we have, to be asked for another only."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood there."""

    content: bytes
    # Where it was found in the end, without a password.
    url: str
    known: Known
    charset: str | None
    # Where it has moved to for good; None: it has not.
    moved_to: str | None


def shown(address: str) -> str:
    """Write *address* for people: without passwords and tokens."""
    return _SECRET.sub(r"\1…", without_password(address))


async def fetch(address: str, *, known: Known, limits: Limits) -> Fetched | None:
    """Get what stands at *address*, None if it is still what is *known*; raise SourceUnreachable, with the remedy."""
    silence = limits.silence.total_seconds()
    try:
        async with (
            asyncio.timeout(limits.arriving.total_seconds()),
            aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=None, connect=silence, sock_read=silence),
                headers=_headers(known),
                cookie_jar=aiohttp.DummyCookieJar(),
                # Unpacked by us, who stop in time.
                auto_decompress=False,
                # Proxies are those of the environment.
                trust_env=True,
            ) as session,
        ):
            return await _follow(session, address, has_version=known != Known())
    # A host that is none is a ValueError, raised as late as when it is looked up.
    except (aiohttp.ClientError, OSError, ValueError) as error:
        problem = _problem(error)
    # Outside the `except`, so that aiohttp's errors, which know the password, are not even the context.
    raise SourceUnreachable(f"{shown(address)} {problem}")


def _headers(known: Known) -> dict[str, str]:
    headers = {
        "User-Agent": "digest-bot (reads feeds for Telegram)",
        "Accept": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
    }
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.modified:
        headers["If-Modified-Since"] = known.modified
    return headers


async def _follow(session: aiohttp.ClientSession, address: str, *, has_version: bool) -> Fetched | None:
    """Ask, and go where redirects lead; aiohttp would take our password along, and go to whatever place it is told."""
    url, moved_to, for_good = URL(address), None, True
    for _ in range(_MOST_REDIRECTS + 1):
        async with session.get(url, allow_redirects=False) as response:
            if response.status == HTTPStatus.NOT_MODIFIED and has_version:
                return None
            if response.status not in _REDIRECTS:
                return await _taken(response, address, moved_to=moved_to)
            url = _next(url, response.headers.get("Location", ""), address)
            for_good = for_good and response.status in _PERMANENT
            moved_to = shown(str(url)) if for_good else moved_to
    raise SourceUnreachable(f"{shown(address)} only redirects, again and again; correct the address")


def _next(url: URL, location: str, address: str) -> URL:
    try:
        target = url.join(URL(location))
    except ValueError:
        target = URL()
    if target.scheme not in ("http", "https") or not target.host:
        raise SourceUnreachable(f"{shown(address)} redirects to what is no web address; correct the address")
    if target.origin() != url.origin():
        return target.with_user(None)
    return target.with_user(url.user).with_password(url.password)


async def _taken(response: aiohttp.ClientResponse, address: str, *, moved_to: str | None) -> Fetched:
    if response.status != HTTPStatus.OK:
        refusal = _REFUSALS.get(response.status, "has nothing for us now; it is tried again")
        raise SourceUnreachable(
            f"{shown(address)} {refusal} (HTTP {response.status})", retry_after=_retry_after(response.headers)
        )
    return Fetched(
        content=await _content(response, address),
        url=str(response.url.with_user(None)),
        known=Known(response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")),
        charset=response.charset,
        moved_to=moved_to,
    )


async def _content(response: aiohttp.ClientResponse, address: str) -> bytes:
    packed = response.headers.get("Content-Encoding", "").strip().lower()
    if packed not in _PACKED:
        raise SourceUnreachable(f"{shown(address)} comes packed in a way that we did not ask for; tell whoever runs it")
    inflater = Inflater(MOST_BYTES) if _PACKED[packed] else None
    content, arrived = bytearray(), 0
    async for chunk in response.content.iter_any():
        arrived += len(chunk)
        try:
            content += inflater.take(chunk) if inflater else chunk
        except NotPacked as error:
            raise SourceUnreachable(f"{shown(address)} is not packed as it says; tell whoever runs it") from error
        if max(arrived, len(content)) > MOST_BYTES:
            raise SourceUnreachable(
                f"{shown(address)} is larger than {MOST_BYTES // 1024 // 1024} MB; no feed needs to be: choose another"
            )
    return bytes(content)


def _retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """How long we are asked to wait, by the server's own clock where it names a time."""
    asked = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(asked):
        return timedelta(seconds=int(asked))
    try:
        wait = parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("Date", ""))
    # TypeError: one of the two names no zone.
    except (ValueError, TypeError):
        return None
    return max(wait, timedelta())


def _problem(error: Exception) -> str:
    """Say what went wrong in words of ours, as aiohttp's may hold the password."""
    match error:
        case aiohttp.ConnectionTimeoutError():
            return "cannot be reached in time; it is tried again"
        case TimeoutError():
            return "does not come to an end in time; it is tried again"
        case aiohttp.ClientConnectorCertificateError():
            return "has a certificate that proves nothing; correct the address, or tell whoever runs it"
        case aiohttp.ClientConnectorDNSError():
            return "has a name that leads nowhere; correct the address, if it is not the network that is down"
        case aiohttp.ClientHttpProxyError():
            return f"is out of reach: the proxy does not connect us (HTTP {error.status})"
        case aiohttp.ClientConnectorError():
            return f"cannot be reached ({error.os_error.strerror or type(error.os_error).__name__}); it is tried again"
        case aiohttp.InvalidURL() | ValueError():
            return "is no web address, or redirects to none; correct it"
        case _:
            return f"breaks off, or is no web server's answer ({type(error).__name__}); it is tried again"
