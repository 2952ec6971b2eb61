"""How the control API and the page see the sandbox: Bot API objects, with what only we know beside them."""

from itertools import islice
from typing import Any

from bot.sandbox.calls import call_json
from bot.sandbox.chats import Chat
from bot.sandbox.faults import faults_json
from bot.sandbox.messages import Message
from bot.sandbox.methods.profile import profile_json
from bot.sandbox.pace import pace_json
from bot.sandbox.people import User, user_json
from bot.sandbox.shown import chat_shown, message_shown
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
        "deactivated": person.deactivated,
        "hides_name": person.hides_name,
        "blocked": membership is not None and membership.status == "kicked",
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
        "chats": [chat_shown(chat, sandbox.bot) for chat in chats],
        "messages": {
            str(chat.id): [message_shown(message, sandbox.bot) for message in newest_messages(chat, NEWEST_MESSAGES)]
            for chat in chats
            if chat.messages
        },
        "calls": [call_json(call) for call in sandbox.calls.after(sandbox.calls.last - NEWEST_CALLS)],
        "counts": dict(sandbox.calls.counts),
        "pace": pace_json(sandbox.pace),
        "faults": faults_json(sandbox.faults)["faults"],
    }
