"""A client in the tests' own hand, which sends whatever it likes, and presses all that it is shown."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from structlog.typing import EventDict

from bot.messages.taps import Tap, read, whom
from bot.sandbox.seen import Call, Message
from bot.updates import decode
from tests.chat.conftest import AnyApplication, Talk

DATE = 1_750_000_000


@dataclass(slots=True)
class Client:
    """Somebody whose client sends whatever they like; each answers with the calls that the bot made of it."""

    application: AnyApplication
    talk: Talk
    logs: list[EventDict]
    # What the bot said with buttons, under which any others may be claimed to have been.
    shown: dict[str, Any]
    _numbers: Iterator[int]

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.talk.person.id, "type": "private", "first_name": self.talk.person.name}

    @property
    def user(self) -> dict[str, Any]:
        language = "zh-hans" if self.talk.person.name == "小梅" else "en"
        return {**self.chat, "is_bot": False, "language_code": language}

    async def says(self, text: str, **more: object) -> list[Call]:
        return await self.sends(message=self.message(text, **more))

    async def taps(self, data: str, *, under: dict[str, Any] | None = None) -> list[Call]:
        tap = {"id": f"{next(self._numbers)}", "from": self.user, "chat_instance": "1", "data": data}
        return await self.sends(callback_query=tap | {"message": under or self.shown})

    def message(self, text: str, **more: object) -> dict[str, Any]:
        """A message as the Bot API tells it, its command marked as the servers of Telegram mark it."""
        command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
        entities = [{"type": "bot_command", "offset": 0, "length": len(command)}] if command else []
        written = {"text": text, "entities": entities} if text else {}
        head = {"message_id": next(self._numbers), "date": DATE, "chat": self.chat, "from": self.user}
        return {**head, **written, **more}

    async def sends(self, **update: object) -> list[Call]:
        telegram = self.talk.person.telegram
        before = await telegram.last_call()
        decoded = decode({"update_id": next(self._numbers), **update}, self.application.bot)
        assert decoded is not None
        await self.application.process_update(decoded)
        self.nothing_is_wrong()
        return [call for call in await telegram.calls(after=before) if call.method not in {"getUpdates", "getMe"}]

    def nothing_is_wrong(self) -> None:
        # What operators do is told to all of them.
        expected = {"debug", "info"} | ({"warning"} if self.logs and self.logs[-1]["event"] == "paused" else set())
        wrong = [line for line in self.logs if line["log_level"] not in expected]
        self.logs.clear()
        assert wrong == []


def answers(calls: list[Call]) -> list[Call]:
    return [call for call in calls if call.method in {"sendMessage", "sendDocument", "editMessageText"}]


async def press_what_is_new(client: Client, pressed: Counter[type[Tap]], *, enough: int) -> None:
    """Press each kind of button that was not *pressed* so often, and what stands there then."""
    telegram, person = client.talk.person.telegram, client.talk.person
    while new := [
        (message, data)
        for message in reversed(await telegram.messages(person.id))
        for data in data_of(message)
        if pressed[_kind_of(data)] < enough
    ]:
        # The rarest first: another may take the place of the message in which it stands.
        message, data = min(new, key=lambda each: pressed[_kind_of(each[1])])
        pressed[_kind_of(data)] += 1
        assert await client.taps(data, under=message.raw), data


def _kind_of(data: str) -> type[Tap]:
    tap = read(whom(data)[1])
    assert tap is not None, data
    return type(tap)


def data_of(message: Message) -> list[str]:
    rows = message.raw.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]
