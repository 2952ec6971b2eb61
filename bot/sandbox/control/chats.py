"""Control: what stands in a chat."""

from collections.abc import Iterator

from aiohttp import web

from bot.sandbox.chats import Chat
from bot.sandbox.control.asked import chat_named, message_named, number_of, wait_of
from bot.sandbox.errors import ControlError
from bot.sandbox.messages import Message
from bot.sandbox.shown import message_shown
from bot.sandbox.signal import until
from bot.sandbox.state import Sandbox


async def messages(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`GET /sandbox/chats/{chat}/messages`: oldest first; for *wait* seconds until there is one that matches."""
    chat = chat_named(sandbox, int(request.match_info["chat"]))
    limit = number_of(request, "limit", 100)

    def look() -> list[Message] | None:
        found = []
        for message in _matching(sandbox, chat, request):
            found.append(message)
            if len(found) == limit:
                break
        return found[::-1] or None

    found = await until(chat.changed, look, within=wait_of(request))
    return web.json_response({"messages": [message_shown(message, sandbox.bot) for message in found or []]})


def _matching(sandbox: Sandbox, chat: Chat, request: web.Request) -> Iterator[Message]:
    after, before = number_of(request, "after", 0), number_of(request, "before", 1 << 62)
    text, from_bot = request.query.get("contains", ""), request.query.get("from_bot") == "1"
    for message in reversed(chat.messages.values()):
        if message.id <= after:
            return
        if message.id < before and text in message.text and (message.author is sandbox.bot or not from_bot):
            yield message


async def document(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`GET /sandbox/chats/{chat}/messages/{message}/document`: the file itself."""
    message = _message(sandbox, request)
    if message.document is None:
        raise ControlError(404, "there is no such file")
    name = message.document.name.replace('"', "'").replace("\r", " ").replace("\n", " ")
    # Never shown in place: a file that somebody sent must not run as a page of ours.
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return web.Response(body=message.document.content, content_type="application/octet-stream", headers=headers)


async def photo(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`GET /sandbox/chats/{chat}/messages/{message}/photo`: the picture."""
    message = _message(sandbox, request)
    if message.photo is None:
        raise ControlError(404, "there is no such picture")
    headers = {"X-Content-Type-Options": "nosniff"}
    return web.Response(body=message.photo.content, content_type=message.photo.content_type, headers=headers)


def _message(sandbox: Sandbox, request: web.Request) -> Message:
    chat = chat_named(sandbox, int(request.match_info["chat"]))
    return message_named(chat, int(request.match_info["message"]))
