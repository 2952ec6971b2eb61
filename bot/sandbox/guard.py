"""Keeps strangers' web pages out: a browser on this machine can reach the sandbox too.

DNS rebinding makes a stranger's name point to 127.0.0.1, but the Host header still bears that name; and a page
sends its Origin with whatever changes something.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def guarded(handler: Handler) -> Handler:
    """*handler*, refusing a Host that is not this machine and an Origin that is not this page."""

    async def guard(request: web.Request) -> web.StreamResponse:
        if urlsplit(f"//{request.host}").hostname not in LOOPBACK:
            return refused(403, "the sandbox answers under 127.0.0.1 and localhost only")
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            return refused(403, "the sandbox answers no page but its own")
        return await handler(request)

    return guard


def refused(status: int, sentence: str) -> web.Response:
    """What the control API says when it does not do what it was asked."""
    return web.json_response({"error": sentence}, status=status)
