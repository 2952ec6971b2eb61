"""Who says what Telegram would say of a text: TDLib where tdjson is installed, our own plain check elsewhere."""

import importlib.util
from typing import Literal, Protocol

from bot.sandbox.entities import Entity
from bot.sandbox.plain import PlainJudge

Choice = Literal["auto", "tdlib", "plain"]


class Judge(Protocol):
    """Answers in the Bot API's words, by `ApiError`."""

    name: str

    def parse(self, text: str, mode: str) -> tuple[str, list[Entity]]:
        """What a parse mode makes of *text*."""

    def fix(self, text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
        """*text* without control characters, and the *entities* that stay; not yet trimmed."""

    def find(self, text: str) -> list[Entity]:
        """What Telegram marks itself: commands, links, hashtags and the like."""


def choose(choice: Choice = "auto") -> Judge:
    """The judge; `auto`: the strictest there is on this machine."""
    if choice == "plain" or (choice == "auto" and importlib.util.find_spec("tdjson") is None):
        return PlainJudge()
    # Not before it is wanted: 53 MB that a demo can do without.
    from bot.sandbox.tdlib import TdlibJudge  # noqa: PLC0415

    return TdlibJudge()
