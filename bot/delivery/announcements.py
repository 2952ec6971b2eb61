"""Announcements under way, each read and encoded once for all who are sent it."""

from bot.messages.announcement import encode
from storage.announcements import announcement_with
from storage.database import Database
from storage.model import Content

# They follow one another: more than two are hardly under way at once.
_KEPT = 4


class Announcements:
    """What announcements say, which none changes any more once it has begun."""

    def __init__(self, *, paid: bool = False) -> None:
        """*paid*: they may go beyond Telegram's free rate."""
        self._paid = paid
        self._contents: dict[int, Content] = {}
        self._bodies: dict[tuple[int, bool], bytes] = {}

    async def content(self, database: Database, id_: int) -> Content:
        """Give what the announcement says; LookupError: there is none."""
        if id_ not in self._contents:
            async with database.snapshot() as tx:
                found = await announcement_with(tx, id_)
            if found is None:
                raise LookupError(f"there is no announcement {id_}")
            if len(self._contents) >= _KEPT:
                self._contents.clear()
            self._contents[id_] = found.content
        return self._contents[id_]

    async def body(self, database: Database, id_: int, *, silent: bool, plain: bool = False) -> bytes:
        """Give it as the Bot API takes it; *plain*: for a Telegram that refuses it as it is."""
        content = await self.content(database, id_)
        if plain:
            return encode(content, plain=True, silent=True, paid=self._paid)
        if (id_, silent) not in self._bodies:
            if len(self._bodies) >= 2 * _KEPT:
                self._bodies.clear()
            self._bodies[id_, silent] = encode(content, silent=silent, paid=self._paid)
        return self._bodies[id_, silent]
