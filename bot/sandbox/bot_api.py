"""One call of the Bot API: read, logged, carried out or refused, and answered as well or badly as asked for."""

import asyncio
import hmac
import json
import sys
from functools import partial
from typing import Any

from aiohttp import web

from bot.sandbox.calls import Call, call_json
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Delay, Drop, Effect, Garble, Hold, Refuse, faults_json
from bot.sandbox.methods import AT_ONCE, NAMES, WAITING
from bot.sandbox.methods.known import KNOWN
from bot.sandbox.parameters import Parameters, read_parameters
from bot.sandbox.state import Sandbox

BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>"
)
ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


async def answer(sandbox: Sandbox, request: web.Request) -> web.StreamResponse:
    """Answer `/bot<token>/<method>`."""
    if not hmac.compare_digest(request.match_info["token"].encode(), sandbox.token.encode()):
        return _response(ApiError(401, "Unauthorized").answer())
    method = request.match_info["method"].lower()
    if method not in NAMES:
        return _response(_unknown(method).answer())
    try:
        asked = await read_parameters(request)
    except ApiError as error:
        return _response(error.answer())
    call = sandbox.calls.begin(NAMES[method], asked.shown(), at=sandbox.clock.now(), began=sandbox.clock.steady())
    return await _carry_out(sandbox, request, call, asked)


def _unknown(method: str) -> ApiError:
    if method not in KNOWN:
        return ApiError(404, "Not Found")
    words = f"Not Implemented: the Bot API has {method}, this sandbox lacks it (docs/sandbox.md lists what it has)"
    print(words, file=sys.stderr)  # noqa: T201 loud on purpose: a bot may swallow the answer
    return ApiError(501, words)


async def _carry_out(sandbox: Sandbox, request: web.Request, call: Call, asked: Parameters) -> web.StreamResponse:
    try:
        response = await _answered(sandbox, request, call, asked)
    except asyncio.CancelledError:
        call.outcome = "hung up"
        raise
    finally:
        call.ended = sandbox.clock.steady()
        sandbox.calls.changed.fire()
        sandbox.events.add("call", partial(call_json, call))
    return response


async def _answered(sandbox: Sandbox, request: web.Request, call: Call, asked: Parameters) -> web.StreamResponse:
    method = call.method.lower()
    effect = _fault(sandbox, call, accepted=False)
    if effect is not None and (response := await _suffer(sandbox, request, call, effect, accepted=False)):
        return response
    result = await _result(sandbox, method, asked)
    if method != "getupdates" or result.get("result"):
        effect = _fault(sandbox, call, accepted=True)
        if effect is not None and (response := await _suffer(sandbox, request, call, effect, accepted=True)):
            return response
    call.outcome = "answered" if result["ok"] else "refused"
    call.answer = result
    return _response(result)


def _fault(sandbox: Sandbox, call: Call, *, accepted: bool) -> Effect | None:
    if not sandbox.faults.active:
        return None
    effect = sandbox.faults.take(call.method.lower(), call.chat_id, accepted=accepted)
    if effect is not None:
        # It may have been the last time that this fault was to happen.
        sandbox.events.add("faults", partial(faults_json, sandbox.faults))
    return effect


async def _result(sandbox: Sandbox, method: str, asked: Parameters) -> dict[str, Any]:
    try:
        if method in WAITING:
            return {"ok": True, "result": await WAITING[method](sandbox, asked)}
        return {"ok": True, "result": AT_ONCE[method](sandbox, asked)}
    except ApiError as error:
        return error.answer()


async def _suffer(
    sandbox: Sandbox, request: web.Request, call: Call, effect: Effect, *, accepted: bool
) -> web.StreamResponse | None:
    """Let *effect* happen; None: the call goes on as if nothing had."""
    match effect:
        case Delay(seconds):
            await asyncio.sleep(seconds)
            return None
        case Hold():
            sandbox.events.add("call", partial(call_json, call))
            await sandbox.faults.hold(call, accepted=accepted)
            return None
        case Refuse(error):
            call.outcome, call.answer = "refused", error.answer()
            return _response(call.answer)
        case Garble(form):
            call.outcome = "garbled"
            if form == "html":
                return web.Response(status=502, text=BAD_GATEWAY, content_type="text/html")
            return web.Response(text="upstream went away", content_type="application/json")
        case Drop():
            call.outcome = "dropped"
            if request.transport is not None:
                request.transport.close()
            # Goes nowhere: the connection is closed.
            return web.Response()


def _response(answer: dict[str, Any]) -> web.Response:
    status = 200 if answer["ok"] else answer["error_code"]
    response = web.Response(
        body=ENCODE(answer).encode(),
        status=status,
        content_type="application/json",
    )
    if wait := answer.get("parameters", {}).get("retry_after"):
        response.headers["Retry-After"] = str(wait)
    return response
