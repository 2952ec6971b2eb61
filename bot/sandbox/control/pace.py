"""Control: how fast the bot was, and whether too fast is refused."""

from aiohttp import web

from bot.sandbox.control.asked import body_of
from bot.sandbox.pace import pace_json
from bot.sandbox.state import Sandbox


async def report(sandbox: Sandbox, _: web.Request) -> web.Response:
    """`GET /sandbox/pace`: of each lane its limit, its breaches and its fullest window."""
    return web.json_response(pace_json(sandbox.pace))


async def change(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/pace`: *enforced* refuses what is too fast or counts it only; *reset* begins to count anew."""
    body = await body_of(request)
    if body.get("enforced") is not None:
        sandbox.pace.enforced = bool(body["enforced"])
    if body.get("reset"):
        sandbox.pace.reset()
    sandbox.events.add("pace", lambda: pace_json(sandbox.pace))
    return await report(sandbox, request)
