"""What the chat does not answer."""

from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import Update

from bot.sandbox.client import Telegram
from tests.chat.conftest import AnyApplication, Talk

PERSON = {"id": 7, "is_bot": False, "first_name": "Ada"}
GROUP = {"id": -100, "type": "supergroup", "title": "Bees"}
CHANNEL = {"id": -200, "type": "channel", "title": "Bees"}
COMMAND = {"text": "/start", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ada"}


def message(chat: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"message_id": 1, "date": 1750000000, "chat": chat, "from": PERSON, **more}


@pytest.mark.parametrize(
    ("update", "kind", "chat_type"),
    [
        ({"message": message(GROUP, text="hello")}, "message", "supergroup"),
        ({"message": message(GROUP, **COMMAND, is_automatic_forward=True)}, "message", "supergroup"),
        ({"channel_post": message(CHANNEL, **COMMAND)}, "channel_post", "channel"),
        ({"edited_message": message(PRIVATE, edit_date=1750000001, **COMMAND)}, "edited_message", "private"),
        ({"message": message(PRIVATE, pinned_message=message(PRIVATE, text="x"))}, "message", "private"),
        (
            {
                "callback_query": {
                    "id": "1",
                    "from": PERSON,
                    "chat_instance": "1",
                    "data": "1:close",
                    "message": message(CHANNEL),
                }
            },
            "callback_query",
            "channel",
        ),
        (
            {
                "callback_query": {
                    "id": "1",
                    "from": PERSON,
                    "chat_instance": "1",
                    "data": "x",
                    "inline_message_id": "1",
                }
            },
            "callback_query",
            None,
        ),
        (
            {"poll_answer": {"poll_id": "1", "user": PERSON, "option_ids": [], "option_persistent_ids": []}},
            "poll_answer",
            None,
        ),
    ],
)
async def test_an_update_that_is_not_for_us_is_one_line_in_the_log_and_nothing_else(
    application: AnyApplication, telegram: Telegram, update: dict[str, Any], kind: str, chat_type: str | None
) -> None:
    decoded = Update.de_json({"update_id": 1} | update, application.bot)

    with capture_logs() as logs:
        await application.process_update(decoded)

    assert logs == [{"event": "update_skipped", "log_level": "info", "update": 1, "kind": kind, "chat_type": chat_type}]
    assert {call.method for call in await telegram.calls()} <= {"getMe", "getUpdates"}


async def test_a_picture_is_answered_with_where_to_go_on(application: AnyApplication, ada: Talk) -> None:
    await ada.says("/start")
    chat = {"id": ada.person.id, "type": "private"}
    photo = [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]
    sent = message(chat, photo=photo) | {"from": PERSON | {"language_code": "zh-hant"}}

    await application.process_update(Update.de_json({"update_id": 1, "message": sent}, application.bot))

    # The chat's language is the one that she first came with.
    assert (await ada.person.next_message()).text.startswith("Type words, and I look for them.")
