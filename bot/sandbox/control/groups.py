"""Control: groups and channels are made, and people come, go and rule in them.

Who does it is *by*, the creator where nothing is said; to whom is *user*, the bot where nothing is said.
"""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.sandbox import channels, forums, groups
from bot.sandbox.chats import Chat
from bot.sandbox.control.asked import body_of, chat_named, user_named
from bot.sandbox.errors import ControlError
from bot.sandbox.people import User
from bot.sandbox.saying import Place, Said, say, typed
from bot.sandbox.shown import chat_shown
from bot.sandbox.state import Sandbox

Body = dict[str, Any]
# What it returns is the chat to go on with: another one where a group became a supergroup.
Change = Callable[[Sandbox, Chat, User, Body], Chat | None]


async def create(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/groups`: make a group, supergroup or channel."""
    body = await body_of(request)
    kind = body.get("type", "group")
    if kind not in ("group", "supergroup", "channel"):
        raise ControlError(400, f"type must be group, supergroup or channel, not {kind!r}")
    chat = groups.create(
        sandbox,
        str(body.get("title") or "Group"),
        user_named(sandbox, body.get("creator")),
        kind=kind,
        username=str(body.get("username") or ""),
        chat_id=int(body.get("id") or 0),
    )
    return web.json_response(chat_shown(chat, sandbox.bot))


async def change(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/chats/{chat}/{change}`: one of CHANGES."""
    body = await body_of(request)
    chat = chat_named(sandbox, int(request.match_info["chat"]))
    if chat.type == "private":
        raise ControlError(409, "a private chat has no members to rule")
    does = CHANGES.get(request.match_info["change"])
    if does is None:
        raise ControlError(404, f"a chat can be changed by {', '.join(CHANGES)}, not {request.match_info['change']!r}")
    by = user_named(sandbox, body["by"]) if body.get("by") else groups.creator_of(chat)
    return web.json_response(chat_shown(does(sandbox, chat, by, body) or chat, sandbox.bot))


def _user(sandbox: Sandbox, body: Body) -> User:
    return user_named(sandbox, body.get("user") or sandbox.bot.id)


def _add(sandbox: Sandbox, chat: Chat, by: User, body: Body) -> None:
    groups.add(sandbox, chat, _user(sandbox, body), by=by)
    if body.get("start") is not None:
        # What the link t.me/bot?startgroup=… does after adding the bot.
        text = f"/start@{sandbox.bot.username} {body['start']}".rstrip()
        say(sandbox, by, Place(chat), Said(typed(sandbox.judge, text)))


def _promote(sandbox: Sandbox, chat: Chat, by: User, body: Body) -> None:
    rights = body.get("rights")
    groups.promote(
        sandbox,
        chat,
        _user(sandbox, body),
        by=by,
        rights=None if rights is None else frozenset(map(str, rights)),
        anonymous=bool(body.get("anonymous")),
    )


def _demote(sandbox: Sandbox, chat: Chat, by: User, body: Body) -> None:
    groups.demote(sandbox, chat, _user(sandbox, body), by=by)


def _restrict(sandbox: Sandbox, chat: Chat, by: User, body: Body) -> None:
    groups.restrict(sandbox, chat, _user(sandbox, body), by=by, can_send=bool(body.get("can_send")))


def _kick(sandbox: Sandbox, chat: Chat, by: User, body: Body) -> None:
    groups.kick(sandbox, chat, _user(sandbox, body), by=by)


def _join(sandbox: Sandbox, chat: Chat, by: User, _: Body) -> None:
    groups.join(sandbox, chat, by)


def _leave(sandbox: Sandbox, chat: Chat, by: User, _: Body) -> None:
    groups.leave(sandbox, chat, by)


def _rename(sandbox: Sandbox, chat: Chat, by: User, body: Body) -> None:
    groups.rename(sandbox, chat, str(body.get("title") or ""), by=by)


def _delete(sandbox: Sandbox, chat: Chat, by: User, _: Body) -> None:
    groups.delete(sandbox, chat, by=by)


def _upgrade(sandbox: Sandbox, chat: Chat, by: User, _: Body) -> Chat:
    return groups.upgrade(sandbox, chat, by=by)


def _turn_on_topics(sandbox: Sandbox, chat: Chat, by: User, _: Body) -> Chat:
    return forums.turn_on(sandbox, chat, by=by)


def _link(sandbox: Sandbox, chat: Chat, by: User, body: Body) -> None:
    channels.link(sandbox, chat, chat_named(sandbox, body.get("group")), by=by)


def _unlink(sandbox: Sandbox, chat: Chat, by: User, _: Body) -> None:
    channels.unlink(sandbox, chat, by=by)


def _take_username(sandbox: Sandbox, chat: Chat, by: User, body: Body) -> None:
    groups.take_username(sandbox, chat, str(body.get("username") or "").lstrip("@"), by=by)


CHANGES: dict[str, Change] = {
    "adds": _add,
    "promotes": _promote,
    "demotes": _demote,
    "restricts": _restrict,
    "kicks": _kick,
    "joins": _join,
    "leaves": _leave,
    "renames": _rename,
    "deletes": _delete,
    "becomes_supergroup": _upgrade,
    "turns_on_topics": _turn_on_topics,
    "links": _link,
    "unlinks": _unlink,
    "takes_username": _take_username,
}
