"""Control: people begin, rename, close, reopen and delete topics."""

from aiohttp import web

from bot.sandbox import forums, groups
from bot.sandbox.chats import Chat, Topic
from bot.sandbox.control.asked import body_of, chat_named, user_named
from bot.sandbox.errors import ControlError
from bot.sandbox.state import Sandbox


async def create(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/chats/{chat}/topics`: begin one called *name*."""
    body = await body_of(request)
    chat = _forum(sandbox, request)
    name = str(body.get("name") or "")
    if not name:
        raise ControlError(400, "name is missing")
    by = user_named(sandbox, body["by"]) if body.get("by") else groups.creator_of(chat)
    groups.require(chat, by, administrator=False)
    return _shown(forums.create_topic(sandbox, chat, name, by=by))


async def change(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/chats/{chat}/topics/{topic}`: *name* renames, *closed* closes or reopens."""
    body = await body_of(request)
    chat = _forum(sandbox, request)
    topic = forums.topic_named(chat, int(request.match_info["topic"]))
    by = user_named(sandbox, body["by"]) if body.get("by") else groups.creator_of(chat)
    groups.require(chat, by, administrator=topic.author_id != by.id)
    if body.get("name"):
        forums.rename_topic(sandbox, chat, topic, str(body["name"]), by=by)
    if body.get("closed") is not None:
        forums.close_topic(sandbox, chat, topic, by=by, closed=bool(body["closed"]))
    return _shown(topic)


async def delete(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`DELETE /sandbox/chats/{chat}/topics/{topic}`: take it away with everything in it."""
    chat = _forum(sandbox, request)
    topic = forums.topic_named(chat, int(request.match_info["topic"]))
    forums.delete_topic(sandbox, chat, topic)
    return _shown(topic)


def _forum(sandbox: Sandbox, request: web.Request) -> Chat:
    chat = chat_named(sandbox, int(request.match_info["chat"]))
    if not chat.is_forum:
        raise ControlError(409, f"{chat.title or chat.id} has no topics: turn them on first")
    return chat


def _shown(topic: Topic) -> web.Response:
    return web.json_response({"id": topic.id, "name": topic.name, "closed": topic.closed})
