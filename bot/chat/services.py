"""What the chat's handlers need of the world."""

from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta

from bot.access import EVERYBODY, Access
from bot.bell import Bell
from bot.chat.albums import Albums
from bot.chat.rights import Rights
from bot.chat.welcomed import Welcomed
from bot.clock import Clock
from bot.digests.categories import NO_TABLE, CategoryTable
from bot.messages.view import MOST_PARTS
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Services:
    """Handed in by `app.py`, which alone builds them; *admins* are operators' user ids."""

    database: Database
    clock: Clock
    rights: Rights
    admins: frozenset[int] = frozenset()
    # Of a digest, before the rest is a link or a button.
    most_parts: int = MOST_PARTS
    # What people may call a category.
    categories: CategoryTable = NO_TABLE
    # How old may be what a chat missed when it is back; None: as old as it likes.
    catch_up: timedelta | None = timedelta(hours=24)
    # Rung when somebody's hour may have come, as they changed it.
    hour: Bell = field(default_factory=Bell)
    # Chat, message and data of the buttons lately obeyed that are so once; none is pressed in haste for long.
    obeyed: deque[tuple[int, int, str]] = field(default_factory=lambda: deque(maxlen=1_000))
    # Groups into which the bot just came.
    welcomed: Welcomed = field(default_factory=Welcomed)
    # Of which no more than the first picture is announced.
    albums: Albums = field(default_factory=Albums)
    # For whom the bot is.
    access: Access = EVERYBODY
    # How many messages may go out in a second, of all that is broadcast.
    rate: float = 28.0
    # Rung when something is to be owed at once.
    owing: Bell = field(default_factory=Bell)
