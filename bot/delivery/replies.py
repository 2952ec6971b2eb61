"""How python-telegram-bot's own calls, the replies to people, come to their turn."""

from collections.abc import Callable, Coroutine
from typing import Any, Final

from telegram.ext import BaseRateLimiter

from bot.delivery.pace import Pace

# The `rate_limit_args` of a message that waited for its turn by itself.
HAD_ITS_TURN: Final = True
# The Bot API's methods that put something into a chat, or change it there, and so count.
_COUNTED = ("send", "edit", "copy", "forward")


class PacedReplies(BaseRateLimiter[bool]):
    """Gives python-telegram-bot's calls the turn of a reply, if they count and did not wait for one themselves."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def initialize(self) -> None:
        """Nothing is to be opened."""

    async def shutdown(self) -> None:
        """Nothing is to be closed."""

    async def process_request(  # noqa: PLR0917 - the signature is python-telegram-bot's
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: bool | None,  # noqa: FBT001
    ) -> Any:  # noqa: ANN401
        """Make the call when its turn has come."""
        counts = endpoint.startswith(_COUNTED) and endpoint != "sendChatAction"
        chat_id = data.get("chat_id")
        if counts and isinstance(chat_id, int) and rate_limit_args is not HAD_ITS_TURN:
            await self._pace.reply(chat_id)
        return await callback(*args, **kwargs)
