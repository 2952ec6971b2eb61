"""Telegram's chat picker: a person presses a key that asks for a chat, chooses one, and the bot is told which.

Who can be chosen is decided in `chat_requests`. A bot that is to be in the chat, or to be an administrator there, is
brought in and promoted by the app first.
"""

from collections.abc import Iterator
from typing import Any

from bot.sandbox import groups
from bot.sandbox.actions import unblock
from bot.sandbox.chat_requests import Asked, Candidate, asks_for_member, lacks, why_not
from bot.sandbox.chats import IN_CHARGE, PRESENT, Chat
from bot.sandbox.errors import ControlError
from bot.sandbox.members import RIGHTS
from bot.sandbox.messages import Message
from bot.sandbox.people import User
from bot.sandbox.services import announce
from bot.sandbox.state import Sandbox


def offered(sandbox: Sandbox, person: User, button: str | None) -> list[Chat]:
    """The chats among which the app lets *person* choose; *button* is the text of a key, None: any that asks."""
    keys = _keys(sandbox, person, button)
    return [chat for chat in sandbox.chats.values() if any(not _why_not(sandbox, person, chat, key) for key in keys)]


def pick(sandbox: Sandbox, person: User, chat: Chat, button: str | None) -> Message:
    """Choose *chat* by the key *button*, or by the first that it answers; the message that tells the bot."""
    keys = _keys(sandbox, person, button)
    asked = next((key for key in keys if not _why_not(sandbox, person, chat, key)), None)
    if asked is None:
        raise ControlError(409, f"{chat.title or chat.id} is not offered: {_why_not(sandbox, person, chat, keys[0])}")
    unblock(sandbox, person)
    _bring_in(sandbox, person, chat, asked)
    shared: dict[str, Any] = {"chat_id": chat.id}
    if asked.get("request_title"):
        shared["title"] = chat.title
    if asked.get("request_username") and chat.username:
        shared["username"] = chat.username
    shared["request_id"] = asked["request_id"]
    return announce(sandbox, sandbox.chats[person.id], person, {"chat_shared": shared})


def _why_not(sandbox: Sandbox, person: User, chat: Chat, asked: Asked) -> str | None:
    return why_not(asked, Candidate(chat, person, sandbox.bot))


def _bring_in(sandbox: Sandbox, person: User, chat: Chat, asked: Asked) -> None:
    """Let the bot be there as *asked*; it keeps what it may already."""
    bot = sandbox.membership(chat)
    if asks_for_member(asked, chat) and (bot is None or bot.status not in PRESENT):
        groups.add(sandbox, chat, sandbox.bot, by=person)
    if lacks(asked, Candidate(chat, person, sandbox.bot)):
        granted = frozenset(asked["bot_administrator_rights"]) & frozenset(RIGHTS[chat.type])
        had = bot.rights if bot is not None and bot.status in IN_CHARGE else frozenset()
        groups.promote(sandbox, chat, sandbox.bot, by=person, rights=granted | had)


def _keys(sandbox: Sandbox, person: User, button: str | None) -> list[Asked]:
    """What the keys ask for that *person* sees below the field."""
    found = [key["request_chat"] for key in _shown(sandbox, person) if button in (None, key["text"])]
    if not found:
        raise ControlError(404, f"{person.first_name} sees no key {button or ''!r} that asks for a chat")
    return found


def _shown(sandbox: Sandbox, person: User) -> Iterator[dict[str, Any]]:
    messages = reversed(sandbox.chats[person.id].messages.values())
    newest = next((message.prompt for message in messages if message.prompt), {})
    return (key for row in newest.get("keyboard", []) for key in row if "request_chat" in key)
