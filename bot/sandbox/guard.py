"""Keeps strangers' web pages out: a browser on this machine can reach the sandbox too.

DNS rebinding makes a stranger's name point to 127.0.0.1, but the Host header still bears that name; and a page
sends its Origin with whatever changes something.
"""

import re
from collections.abc import Awaitable, Callable

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


def guarded(handler: Handler) -> Handler:
    """*handler*, refusing a Host that is not this machine and an Origin that is not this page."""

    async def guard(request: web.Request) -> web.StreamResponse:
        # Without its port; "[::1]:8081" keeps its brackets.
        if re.sub(r":\d+$", "", request.host) not in LOOPBACK:
            return refused(403, "the sandbox answers under 127.0.0.1 and localhost only")
        if request.headers.get("Origin", f"http://{request.host}") != f"http://{request.host}":
            return refused(403, "the sandbox answers no page but its own")
        return await handler(request)

    return guard


def refused(status: int, sentence: str) -> web.Response:
    """What the control API says when it does not do what it was asked."""
    return web.json_response({"error": sentence}, status=status)
