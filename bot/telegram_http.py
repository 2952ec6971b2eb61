"""python-telegram-bot's requests over aiohttp, with failures told apart by whether Telegram may have heard us."""

import json
import os
import re
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.redaction import redacted

_JSON = {"Content-Type": "application/json"}


class NeverArrived(NetworkError):
    """Telegram did not get the request: to ask again cannot do a thing twice."""


class MayHaveArrived(TimedOut):
    """Telegram may have done what was asked, and nobody can tell: it keeps no history that a bot could read."""


class AiohttpRequest(BaseRequest):
    """Requests of a Bot API, at most *connections* of them at a time.

    What goes wrong on the way is a NeverArrived or a MayHaveArrived, whose text, cause and context know no URL, since
    the URLs contain the token. Proxies are those of the environment (HTTPS_PROXY, NO_PROXY), but never to this machine.
    """

    __slots__ = ("_connect", "_connections", "_proxies", "_read", "_session", "_timeout", "_write")

    def __init__(
        self,
        *,
        connections: int = 64,
        connect_timeout: timedelta = timedelta(seconds=10),
        read_timeout: timedelta = timedelta(seconds=30),
        write_timeout: timedelta = timedelta(seconds=30),
    ) -> None:
        self._connections = connections
        self._connect = connect_timeout.total_seconds()
        self._read = read_timeout.total_seconds()
        self._write = write_timeout.total_seconds()
        self._timeout = _timeout(connect=self._connect, pool=self._connect, read=self._read, write=self._write)
        self._proxies: dict[str, str] = {}
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """The seconds that an answer may take."""
        return self._read

    async def initialize(self) -> None:
        """Open for requests; may follow a shutdown."""
        # python-telegram-bot else warns at each 429, as its RetryAfter still counts in bare seconds.
        os.environ["PTB_TIMEDELTA"] = "1"
        # Read once: aiohttp's own trust_env asks a thread for them at each request, which halves the pace and more.
        self._proxies = getproxies()
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close all connections; a request under way may have arrived."""
        if self._session:
            await self._session.close()

    async def do_request(  # noqa: PLR0917 - the signature is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Ask once and hand over the status and a body that python-telegram-bot can read."""
        timeout = _timeout(
            connect=_seconds(connect_timeout, self._connect),
            pool=_seconds(pool_timeout, self._connect),
            read=_seconds(read_timeout, self._read),
            write=_seconds(write_timeout, self._write),
        )
        status, body = await self._exchange(
            method, url, data=_body(request_data), timeout=timeout, proxy=_proxy(url, self._proxies)
        )
        if method != "GET" or not _succeeded(status):
            _checked(body, status=status)
        if not _succeeded(status):
            # An error becomes the text of an exception, and might quote the request.
            body = redacted(body.decode("utf-8", "replace"), _token_in(url)).encode()
        return status, body

    async def ask(self, url: URL, body: bytes) -> tuple[int, dict[str, Any]]:
        """Ask once with a *body* of JSON, and hand over the status and the Bot API's answer."""
        status, content = await self._exchange(
            "POST", url, data=body, headers=_JSON, timeout=self._timeout, proxy=_proxy(url, self._proxies)
        )
        answer = _checked(content, status=status)
        if "description" in answer:
            answer["description"] = redacted(str(answer["description"]), _token_in(str(url)))
        return status, answer

    async def _exchange(
        self,
        method: str,
        url: str | URL,
        **options: Any,  # noqa: ANN401 - aiohttp's own
    ) -> tuple[int, bytes]:
        if self._session is None or self._session.closed:
            raise RuntimeError("AiohttpRequest is not initialized")
        failure: NetworkError | None = None
        try:
            # The Bot API has no redirects; followed, they would carry the token to wherever they lead.
            async with self._session.request(method, url, allow_redirects=False, **options) as response:
                return response.status, await response.read()
        # Whatever it is, its text or its attributes may hold the URL.
        except Exception as error:  # noqa: BLE001
            failure = _failure(error)
        # Outside the `except`, so that the error is not even the context of ours.
        raise failure


def _seconds(given: object, default: float) -> float | None:
    if given is None:
        return None
    return float(given) if isinstance(given, int | float) else default


def _timeout(
    *, connect: float | None, pool: float | None, read: float | None, write: float | None
) -> aiohttp.ClientTimeout:
    """Say when to give up; to aiohttp, connecting includes the wait for a free connection, and writing has no limit."""
    ready = None if connect is None or pool is None else connect + pool
    total = None if ready is None or read is None or write is None else ready + write + read
    return aiohttp.ClientTimeout(total=total, connect=ready, sock_connect=connect, sock_read=read)


def _body(asked: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if asked is None or not asked.contains_files:
        return (asked and asked.json_parameters) or None
    # Telegram reads a file name as it stands.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in asked.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, content_type) in asked.multipart_data.items():
        # aiohttp warns of large bytes: it would send them in one piece.
        stream = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=file_name, content_type=content_type)
    return form


def _proxy(url: str | URL, proxies: dict[str, str]) -> str | None:
    if not proxies:
        return None
    parts = urlsplit(str(url))
    proxy = proxies.get(parts.scheme)
    if not proxy or not parts.hostname or _is_this_machine(parts.hostname) or proxy_bypass(parts.hostname):
        return None
    if not proxy.startswith(("http://", "https://")):
        raise NeverArrived(f"the {parts.scheme.upper()}_PROXY of the environment is no http:// proxy, which it must be")
    return proxy


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _failure(error: Exception) -> NetworkError:
    """Judge by what happened whether the request had left; aiohttp's own texts are never repeated."""
    match error:
        case aiohttp.ConnectionTimeoutError():
            return NeverArrived("no connection to Telegram in time")
        case aiohttp.ClientHttpProxyError():
            return NeverArrived(f"the proxy does not connect us to Telegram (HTTP {error.status})")
        case aiohttp.ClientConnectorError():
            reason = error.os_error.strerror or type(error.os_error).__name__
            return NeverArrived(redacted(f"no connection to Telegram: {reason}"))
        case aiohttp.InvalidURL():
            return NeverArrived("the address of the Bot API server is none; correct DIGEST_BOT_API_URL")
        case TimeoutError():
            return MayHaveArrived("no answer from Telegram in time")
        case _:
            return MayHaveArrived(f"the connection broke before Telegram's answer ({type(error).__name__})")


def _checked(body: bytes, *, status: int) -> dict[str, Any]:
    """Give what the Bot API says, in JSON; a proxy or a portal on the way says other things in its place."""
    succeeded, answer = _succeeded(status), _document(body)
    if status in (HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT):
        raise MayHaveArrived(f"the way to Telegram broke (HTTP {status})")
    if "result" in answer if succeeded else answer:
        return answer
    if succeeded or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise MayHaveArrived(f"the answer was not the Bot API's (HTTP {status})")
    raise NeverArrived(f"something else answered in Telegram's place (HTTP {status})")


def _succeeded(status: int) -> bool:
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def _token_in(url: str) -> str | None:
    found = re.search(r"/bot([^/]+)/", url)
    return found and found[1]


def _document(body: bytes) -> dict[str, Any]:
    """Read a JSON object; whatever else it is counts as an empty one."""
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
