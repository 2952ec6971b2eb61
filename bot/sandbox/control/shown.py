"""How the control API and the page see the sandbox: Bot API objects, with what only we know beside them."""

from itertools import islice
from typing import Any

from bot.sandbox.calls import call_json
from bot.sandbox.chats import Chat, chat_json
from bot.sandbox.faults import faults_json
from bot.sandbox.messages import Message, message_json
from bot.sandbox.methods.profile import profile_json
from bot.sandbox.people import User, user_json
from bot.sandbox.state import Sandbox

# A snapshot stays readable however much was said; older messages are asked for by chat.
NEWEST_MESSAGES = 100
NEWEST_CHATS = 300
NEWEST_CALLS = 200


def person_shown(sandbox: Sandbox, person: User) -> dict[str, Any]:
    """A `User` and how that person stands to the bot."""
    membership = sandbox.membership(sandbox.chats[person.id])
    return user_json(person) | {
        "started": membership is not None,
        "blocked": membership is not None and membership.status == "kicked",
    }


def chat_shown(sandbox: Sandbox, chat: Chat) -> dict[str, Any]:
    """A `Chat`, who is in it, how the bot stands there, and its newest message."""
    membership = sandbox.membership(chat)
    people = [chat.id] if chat.type == "private" else [id_ for id_ in chat.members if id_ != sandbox.bot.id]
    newest = next(reversed(chat.messages.values()), None)
    return chat_json(chat) | {
        "people": people,
        "bot_status": membership.status if membership else None,
        "topics": [{"id": topic.id, "name": topic.name, "closed": topic.closed} for topic in chat.topics.values()],
        "last_message": message_json(newest) if newest else None,
    }


def newest_messages(chat: Chat, limit: int) -> list[Message]:
    """The last *limit* messages, oldest first."""
    return list(islice(reversed(chat.messages.values()), limit))[::-1]


def snapshot(sandbox: Sandbox) -> dict[str, Any]:
    """Everything that the page needs to begin with; *event* is the number of the newest event in it."""
    chats = list(islice(reversed(sandbox.chats.values()), NEWEST_CHATS))[::-1]
    return {
        "event": sandbox.events.last,
        "bot": user_json(sandbox.bot),
        "profile": profile_json(sandbox),
        "judge": sandbox.judge.name,
        "can_publish": sandbox.publish is not None,
        "people": [person_shown(sandbox, chat.person) for chat in chats if chat.person],
        "chats": [chat_shown(sandbox, chat) for chat in chats],
        "messages": {
            str(chat.id): [message_json(message) for message in newest_messages(chat, NEWEST_MESSAGES)]
            for chat in chats
            if chat.messages
        },
        "calls": [call_json(call) for call in sandbox.calls.after(sandbox.calls.last - NEWEST_CALLS)],
        "counts": dict(sandbox.calls.counts),
        "faults": faults_json(sandbox.faults)["faults"],
    }
