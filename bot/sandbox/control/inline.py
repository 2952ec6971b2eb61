"""Control: people type `@bot words` and choose what it offers."""

from datetime import timedelta

from aiohttp import web

from bot.sandbox import asking
from bot.sandbox.control.asked import body_of, person_of, place_of
from bot.sandbox.errors import ControlError
from bot.sandbox.shown import message_shown
from bot.sandbox.signal import until
from bot.sandbox.state import Sandbox


async def asks(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/people/{person}/asks`: type *text* after the bot's name and, for *wait* seconds, await results."""
    person = person_of(sandbox, request)
    body = await body_of(request)
    place = place_of(sandbox, person, body)
    offset = str(body.get("offset") or "")
    query = asking.ask(sandbox, person, place, str(body.get("text") or ""), offset=offset)
    wait = timedelta(seconds=float(body.get("wait", 0)))
    await until(sandbox.inline.answered, lambda: query.answer, within=wait)
    return web.json_response(query.shown())


async def chooses(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/people/{person}/chooses`: send the result *result_id* of the query *query_id*."""
    person = person_of(sandbox, request)
    body = await body_of(request)
    query = sandbox.inline.queries.get(str(body.get("query_id")))
    if query is None:
        raise ControlError(404, f"there is no query {body.get('query_id')}")
    place = place_of(sandbox, person, {"chat_id": query.chat.id} | body)
    message = asking.choose(sandbox, person, query, str(body.get("result_id")), place)
    return web.json_response(message_shown(message, sandbox.bot))
