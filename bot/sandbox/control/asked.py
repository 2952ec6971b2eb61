"""What a control call asks for: its body, its query, and the person or chat that it names."""

import json
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.sandbox.chats import Chat
from bot.sandbox.errors import ControlError
from bot.sandbox.messages import Message
from bot.sandbox.people import User
from bot.sandbox.saying import Place
from bot.sandbox.state import Sandbox


async def body_of(request: web.Request) -> dict[str, Any]:
    """The JSON object that came, or an empty one."""
    text = await request.text()
    try:
        body = json.loads(text) if text else {}
    except ValueError as error:
        raise ControlError(400, f"the body is no JSON: {error}") from error
    if not isinstance(body, dict):
        raise ControlError(400, "the body must be a JSON object")
    return body


def number_of(request: web.Request, name: str, default: int) -> int:
    """A whole number of the query."""
    text = request.query.get(name, "")
    try:
        return int(text) if text else default
    except ValueError as error:
        raise ControlError(400, f"{name} must be a whole number, not {text!r}") from error


def wait_of(request: web.Request) -> timedelta:
    """How long the caller is ready to wait; *wait* is in seconds."""
    text = request.query.get("wait", "0")
    try:
        return timedelta(seconds=float(text))
    except ValueError as error:
        raise ControlError(400, f"wait must be a number of seconds, not {text!r}") from error


def person_of(sandbox: Sandbox, request: web.Request) -> User:
    """The person in the path."""
    person = sandbox.people.get(int(request.match_info["person"]))
    if person is None:
        raise ControlError(404, f"there is no person {request.match_info['person']}")
    return person


def chat_named(sandbox: Sandbox, chat_id: object) -> Chat:
    """The chat with this id."""
    chat = sandbox.chats.get(chat_id) if isinstance(chat_id, int) else None
    if chat is None:
        raise ControlError(404, f"there is no chat {chat_id}")
    return chat


def message_named(chat: Chat, message_id: object) -> Message:
    """The message of *chat* with this id."""
    message = chat.messages.get(message_id) if isinstance(message_id, int) else None
    if message is None:
        raise ControlError(404, "there is no such message")
    return message


def user_named(sandbox: Sandbox, user_id: object) -> User:
    """The person with this id, or the bot."""
    if user_id == sandbox.bot.id:
        return sandbox.bot
    user = sandbox.people.get(user_id) if isinstance(user_id, int) else None
    if user is None:
        raise ControlError(404, f"there is nobody {user_id}")
    return user


def place_of(sandbox: Sandbox, person: User, body: dict[str, Any]) -> Place:
    """Where *person* says something: by default in their chat with the bot."""
    as_chat = body.get("as_chat_id")
    return Place(
        chat_named(sandbox, body.get("chat_id") or person.id),
        topic_id=int(body.get("topic_id") or 0),
        reply_to=body.get("reply_to"),
        as_chat=chat_named(sandbox, as_chat) if as_chat else None,
    )
