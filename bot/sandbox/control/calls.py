"""Control: what the bot asked, what is held, and what it has not heard yet."""

from itertools import islice

from aiohttp import web

from bot.sandbox.calls import Call, call_json
from bot.sandbox.control.asked import body_of, number_of, wait_of
from bot.sandbox.faults import Held
from bot.sandbox.signal import until
from bot.sandbox.state import Sandbox


async def calls(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`GET /sandbox/calls`: oldest first; for *wait* seconds until *count* of them match."""
    after, count = number_of(request, "after", 0), number_of(request, "count", 1)
    # Who waits for more than the limit would wait in vain.
    limit = number_of(request, "limit", max(1000, count))
    method, outcome = request.query.get("method", "").lower(), request.query.get("outcome", "")
    chat_id = number_of(request, "chat_id", 0) or None

    def matches(call: Call) -> bool:
        return method in ("", call.method.lower()) and outcome in ("", call.outcome) and chat_id in (None, call.chat_id)

    def look() -> list[Call] | None:
        found = list(islice(filter(matches, sandbox.calls.after(after)), limit))
        return found if len(found) >= count else None

    wait = wait_of(request)
    found = await until(sandbox.calls.changed, look, within=wait)
    if found is None:
        count = 0
        found = look()
    return web.json_response({"calls": [call_json(call) for call in found or []], "counts": sandbox.calls.counts})


async def held(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`GET /sandbox/held`: the calls that are held; for *wait* seconds until *count* of them match."""
    method, count = request.query.get("method", "").lower(), number_of(request, "count", 1)

    def look() -> list[Held] | None:
        found = [held for held in sandbox.faults.held.values() if method in ("", held.call.method.lower())]
        return found if len(found) >= count else None

    found = await until(sandbox.faults.changed, look, within=wait_of(request))
    return web.json_response({"held": [call_json(held.call) | {"accepted": held.accepted} for held in found or []]})


async def release(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/release`: lift the holds (unless *keep*) and let what they held go on."""
    body = await body_of(request)
    method = str(body.get("method", "")).lower()
    if not body.get("keep") and body.get("number") is None:
        sandbox.faults.lift_holds(method)
    return web.json_response({"released": sandbox.faults.release(method=method, number=body.get("number"))})


async def updates(sandbox: Sandbox, _: web.Request) -> web.Response:
    """`GET /sandbox/updates`: what the bot has not confirmed."""
    return web.json_response({"updates": [update.shown() for update in sandbox.updates.waiting.values()]})
