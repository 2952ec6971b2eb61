"""Control: the state of everything, and the stream of what changes."""

import json
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.sandbox.control.asked import body_of, number_of
from bot.sandbox.control.shown import snapshot
from bot.sandbox.errors import ControlError
from bot.sandbox.state import Sandbox


async def state(sandbox: Sandbox, _: web.Request) -> web.Response:
    """`GET /sandbox/state`: a snapshot."""
    return web.json_response(snapshot(sandbox))


async def events(sandbox: Sandbox, request: web.Request) -> web.StreamResponse:
    """`GET /sandbox/events`: a snapshot as the event `state`, then each change as it comes (server-sent events).

    Who comes back with the number of the last event it saw gets what it missed, or a new snapshot if that is gone.
    """
    stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await stream.prepare(request)
    last = request.headers.get("Last-Event-ID", "")
    seen = int(last) if last.isdigit() else number_of(request, "after", -1)
    while True:
        missed = sandbox.events.after(seen)
        if missed is None:
            shown = snapshot(sandbox)
            await stream.write(_event(shown["event"], "state", shown))
        elif missed:
            await stream.write(b"".join(_event(event.number, event.kind, event.show()) for event in missed))
        else:
            await sandbox.events.happened.fired()
            continue
        seen = sandbox.events.last if missed is None else missed[-1].number


def _event(number: int, kind: str, data: dict[str, Any]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"id: {number}\nevent: {kind}\ndata: {text}\n\n".encode()


async def publish(sandbox: Sandbox, _: web.Request) -> web.Response:
    """`POST /sandbox/publish`: do what whoever started the sandbox handed in."""
    if sandbox.publish is None:
        raise ControlError(404, "whoever started this sandbox handed in nothing to publish")
    result = await sandbox.publish()
    return web.json_response({"published": result if isinstance(result, str) else None})


async def move_clock(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/clock`: let time pass, *ahead* seconds in all."""
    body = await body_of(request)
    sandbox.clock.ahead = timedelta(seconds=float(body.get("ahead", 0)))
    return web.json_response({"now": sandbox.clock.now()})
