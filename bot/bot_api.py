"""The Bot API for what is sent in bulk: a body encoded once, and only the chat's id differs."""

from dataclasses import dataclass, field
from typing import Any

from yarl import URL

from bot.telegram_http import AiohttpRequest
from storage.model import Address

# A forum's first topic, which is written to by naming none.
_GENERAL = 1


@dataclass(frozen=True, slots=True)
class BotApi:
    """A bot's methods; *base_url* has the token in it."""

    request: AiohttpRequest
    base_url: str = field(repr=False)

    async def ask(self, method: str, address: Address, body: bytes) -> tuple[int, dict[str, Any]]:
        """Ask for *method* once, at *address*; *body* is the rest of its parameters, as JSON.

        Gives the status and the Bot API's answer. Raises NeverArrived or MayHaveArrived where there is none.
        """
        # It is a JSON object, so what follows its brace can follow ours.
        return await self.request.ask(
            self._url(method), _whereto(address) + (b"}" if body == b"{}" else b"," + body[1:])
        )

    def _url(self, method: str) -> URL:
        return URL(f"{self.base_url}/{method}", encoded=True)


def _whereto(address: Address) -> bytes:
    topic = f',"message_thread_id":{address.topic_id}' if address.topic_id > _GENERAL else ""
    return f'{{"chat_id":{address.chat_id}{topic}'.encode()
