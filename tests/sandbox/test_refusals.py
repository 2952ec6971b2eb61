"""What the Bot API refuses, in its words, caused by the state of things."""

from typing import Any

import pytest
import telegram
from telegram.error import BadRequest

from bot.sandbox.client import Person, Telegram
from tests.sandbox.conftest import TOKEN, Api


def button(text: str = "Go", **fields: object) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": text, **fields}]]}


@pytest.mark.parametrize(
    ("method", "parameters", "words"),
    [
        ("sendMessage", {"text": ""}, "message text is empty"),
        ("sendMessage", {}, "message text is empty"),
        ("sendMessage", {"text": " \n\u200b"}, "text must be non-empty"),
        ("sendMessage", {"text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"text": "字" * 10923}, "text is too long"),
        ("sendMessage", {"text": "hi", "chat_id": ""}, "chat_id is empty"),
        ("sendMessage", {"text": "hi", "chat_id": 77}, "chat not found"),
        ("sendMessage", {"text": "hi", "chat_id": "@nobody"}, "chat not found"),
        ("sendMessage", {"text": "hi", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ("sendMessage", {"text": "hi", "reply_markup": "7"}, "object expected as reply markup"),
        ("sendMessage", {"text": "hi", "reply_markup": button(callback_data="é" * 33)}, "BUTTON_DATA_INVALID"),
        (
            "sendMessage",
            {"text": "hi", "reply_markup": button()},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            "sendMessage",
            {"text": "hi", "reply_markup": button(url="localhost")},
            "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
        ),
        (
            "sendMessage",
            {"text": "hi", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]] * 101}},
            "reply markup is too long",
        ),
        ("sendMessage", {"text": "hi", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ("editMessageText", {"text": "hi", "message_id": 99}, "message to edit not found"),
        ("editMessageText", {"text": "hi", "message_id": 1}, "message can't be edited"),
        ("editMessageReplyMarkup", {"chat_id": ""}, "message identifier is not specified"),
        ("deleteMessage", {"message_id": 99}, "message to delete not found"),
        ("deleteMessage", {}, "message identifier is not specified"),
        ("sendChatAction", {"action": "singing"}, "wrong parameter action in request"),
        ("sendDocument", {}, "there is no document in the request"),
        ("sendDocument", {"document": "attach://nothing"}, "there is no document in the request"),
        (
            "sendDocument",
            {"document": "nothing"},
            "wrong remote file identifier specified: Wrong character in the string",
        ),
        ("sendPhoto", {"photo": "https://example.com/bees.png"}, "failed to get HTTP URL content"),
        (
            "answerCallbackQuery",
            {"callback_query_id": "1"},
            "query is too old and response timeout expired or query ID is invalid",
        ),
        ("getChatMember", {"user_id": "x"}, "invalid user_id specified"),
        ("setMyCommands", {"commands": "{"}, "can't parse commands JSON object"),
        ("setMyCommands", {"commands": [{"command": "UP", "description": "d"}]}, "BOT_COMMAND_INVALID"),
        (
            "setMyCommands",
            {"commands": [{"command": "up", "description": ""}]},
            "command description must be non-empty",
        ),
    ],
)
async def test_a_bad_call_is_refused_in_the_servers_words(
    api: Api, ada: Person, method: str, parameters: dict[str, Any], words: str
) -> None:
    status, answer = await api(method, **{"chat_id": ada.id} | parameters)

    assert (status, answer) == (400, {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"})


async def test_who_never_started_the_bot_cannot_be_written_to(api: Api, sandbox: Telegram) -> None:
    stranger = await sandbox.person("Grace")

    status, answer = await api("sendMessage", chat_id=stranger.id, text="hi")

    assert (status, answer["description"]) == (403, "Forbidden: bot can't initiate conversation with a user")


@pytest.mark.parametrize("method", ["sendMessage", "sendChatAction", "editMessageText"])
async def test_who_blocked_the_bot_cannot_be_written_to(api: Api, ada: Person, method: str) -> None:
    _, sent = await api("sendMessage", chat_id=ada.id, text="hi")
    await ada.blocks()

    message_id = sent["result"]["message_id"]
    status, answer = await api(method, chat_id=ada.id, text="ho", action="typing", message_id=message_id)

    assert (status, answer["description"]) == (403, "Forbidden: bot was blocked by the user")


async def test_a_text_too_long_is_seen_before_the_block(api: Api, ada: Person) -> None:
    await ada.blocks()

    _, answer = await api("sendMessage", chat_id=ada.id, text="x" * 5000)

    assert answer["description"] == "Bad Request: message is too long"


async def test_an_edit_without_change_is_refused(telegram_bot: telegram.Bot, ada: Person) -> None:
    sent = await telegram_bot.send_message(ada.id, "same")

    with pytest.raises(BadRequest, match="specified new message content and reply markup are exactly the same"):
        await telegram_bot.edit_message_text("same", ada.id, sent.message_id)


async def test_a_wrong_token_is_unauthorized(address: str) -> None:
    stranger = telegram.Bot(f"{TOKEN}x", base_url=f"{address}/bot")

    with pytest.raises(telegram.error.InvalidToken, match="rejected by the server"):
        await stranger.initialize()

    await stranger.shutdown()


async def test_a_wrong_token_is_told_so_in_one_word(address: str) -> None:
    async with telegram.request.HTTPXRequest() as request:
        status, body = await request.do_request(f"{address}/bot1:x/getMe", "POST")

    assert (status, body) == (401, b'{"ok":false,"error_code":401,"description":"Unauthorized"}')


async def test_a_method_that_does_not_exist_is_not_found(api: Api) -> None:
    assert await api("sendBees") == (404, {"ok": False, "error_code": 404, "description": "Not Found"})


async def test_a_method_that_the_sandbox_lacks_is_loud(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    status, answer = await api("sendPoll")

    assert (status, answer["error_code"]) == (501, 501)
    assert "the Bot API has sendpoll, this sandbox lacks it" in answer["description"]
    assert "sendpoll" in capsys.readouterr().err
