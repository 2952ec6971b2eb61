"""Methods that send again what was said before."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.forwards import passed_on
from bot.sandbox.messages import Message, message_json
from bot.sandbox.methods.edits import message_named
from bot.sandbox.methods.messages import Content, addressed, sent
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Sandbox
from bot.sandbox.texts import LONGEST_CAPTION, Text, drafted, settled


def copy_message(sandbox: Sandbox, asked: Parameters) -> dict[str, int]:
    """Send the content of a message as the bot's own, with the buttons that come with the call; a `MessageId`."""
    message = _source(sandbox, asked, "message to copy not found")
    if message.service:
        raise bad_request("message can't be copied")
    text = Text(message.text, message.entities)
    if message.has_caption and "caption" in asked.values:
        text = settled(drafted(asked, sandbox.judge, "caption"), sandbox.judge, longest=LONGEST_CAPTION)
    envelope = addressed(sandbox, asked)
    return {"message_id": sent(sandbox, envelope, Content(text, message.document, message.photo)).id}


def forward_message(sandbox: Sandbox, asked: Parameters) -> dict[str, Any]:
    """Send a message on, with the name of who wrote it."""
    message = _source(sandbox, asked, "message to forward not found")
    if message.service:
        raise bad_request("message can't be forwarded")
    content = Content(Text(message.text, message.entities), message.document, message.photo)
    envelope = addressed(sandbox, asked)
    return message_json(sent(sandbox, envelope, content, forward=passed_on(message)))


def _source(sandbox: Sandbox, asked: Parameters, words: str) -> Message:
    if not asked.text("from_chat_id"):
        raise bad_request('parameter "from_chat_id" is required')
    return message_named(sandbox, asked, "read", words, chat_name="from_chat_id")
