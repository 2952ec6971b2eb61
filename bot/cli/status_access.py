"""What `digest-bot status` says of who may use the bot."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.cli.counted import counted
from bot.settings import Settings
from storage.access import are_shut_out, count_guests, open_invites
from storage.database import Transaction


async def access_told(tx: Transaction, settings: Settings, *, now: datetime) -> dict[str, Any]:
    """Gather for whom it is, as the settings say that `status` was given, and who is let in and shut out."""
    return {
        "mode": settings.access.mode,
        "groups": settings.access.bringers,
        "guests": await count_guests(tx),
        "open_links": len(await open_invites(tx, now=now)),
        "shut_out": len(await are_shut_out(tx)),
    }


def access_lines(told: dict[str, Any]) -> Iterator[str]:
    """Write it, unless it is for everybody, everywhere."""
    if told["mode"] == "public" and told["groups"] == "anyone" and not told["shut_out"]:
        return
    said = [told["mode"]]
    if told["mode"] == "invited":
        said += [counted(told["guests"], "guest"), counted(told["open_links"], "open link")]
    if told["shut_out"]:
        said.append(f"{counted(told['shut_out'], 'reader')} shut out")
    yield f"Access       {', '.join(said)}; groups and channels: {told['groups']}"
