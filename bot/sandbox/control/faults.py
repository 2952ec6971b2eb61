"""Control: what is to go wrong."""

from functools import partial
from typing import Any

from aiohttp import web

from bot.sandbox.control.asked import body_of
from bot.sandbox.errors import ApiError, ControlError
from bot.sandbox.faults import Delay, Drop, Effect, Fault, Garble, Hold, Refuse, fault_json, faults_json
from bot.sandbox.state import Sandbox

# What the server says when nothing else is asked for.
WORDS = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


async def add(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/faults`: put one in force."""
    body = await body_of(request)
    fault = Fault(
        id=0,
        effect=_effect(body),
        method=str(body.get("method", "")).lower(),
        chat_id=body.get("chat_id"),
        times=body.get("times"),
        probability=float(body.get("probability", 1)),
        accepted=bool(body.get("accepted", False)),
    )
    sandbox.faults.add(fault)
    _changed(sandbox)
    return web.json_response(fault_json(fault))


def _effect(body: dict[str, Any]) -> Effect:
    match body.get("kind"):
        case "refuse":
            return Refuse(_error(body))
        case "delay":
            return Delay(float(body.get("seconds", 1)))
        case "hold":
            return Hold()
        case "html":
            return Garble("html")
        case "text":
            return Garble("text")
        case "drop":
            return Drop()
        case kind:
            raise ControlError(400, f"kind must be refuse, delay, hold, drop, html or text, not {kind!r}")


def _error(body: dict[str, Any]) -> ApiError:
    retry_after, moved = body.get("retry_after"), body.get("migrate_to_chat_id")
    code = int(body.get("code", 429 if retry_after else 400))
    if code == 429:  # noqa: PLR2004 Too Many Requests
        retry_after = retry_after or 1
        words = f"Too Many Requests: retry after {retry_after}"
    elif moved:
        words = "Bad Request: group chat was upgraded to a supergroup chat"
    else:
        words = WORDS.get(code, "Internal Server Error")
    return ApiError(code, body.get("description") or words, retry_after=retry_after, migrate_to_chat_id=moved)


async def listed(sandbox: Sandbox, _: web.Request) -> web.Response:
    """`GET /sandbox/faults`: those in force."""
    return web.json_response(faults_json(sandbox.faults))


async def lift(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`DELETE /sandbox/faults` and `/sandbox/faults/{fault}`: end all, or one."""
    fault = request.match_info.get("fault")
    sandbox.faults.lift(int(fault) if fault else None)
    _changed(sandbox)
    return await listed(sandbox, request)


def _changed(sandbox: Sandbox) -> None:
    sandbox.events.add("faults", partial(faults_json, sandbox.faults))
