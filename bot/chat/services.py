"""What the chat's handlers need of the world."""

from dataclasses import dataclass

from bot.clock import Clock
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Services:
    """Handed in by `app.py`, which alone builds them; *admins* are operators' user ids."""

    database: Database
    clock: Clock
    admins: frozenset[int] = frozenset()
