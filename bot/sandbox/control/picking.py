"""Control: people share a chat by a key that asks for one."""

from aiohttp import web

from bot.sandbox import picking
from bot.sandbox.control.asked import body_of, chat_named, person_of
from bot.sandbox.shown import chat_shown, message_shown
from bot.sandbox.state import Sandbox


async def offered(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`GET /sandbox/people/{person}/picks`: the chats among which the key *button* (any that asks) lets them choose."""
    found = picking.offered(sandbox, person_of(sandbox, request), request.query.get("button"))
    return web.json_response({"chats": [chat_shown(chat, sandbox.bot) for chat in found]})


async def picks(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/people/{person}/picks`: choose the chat *chat_id*."""
    person = person_of(sandbox, request)
    body = await body_of(request)
    chat = chat_named(sandbox, body.get("chat_id"))
    return web.json_response(message_shown(picking.pick(sandbox, person, chat, body.get("button")), sandbox.bot))
