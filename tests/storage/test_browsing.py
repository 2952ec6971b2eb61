"""From each digest one comes to the one before and the one after it, and past none."""

from datetime import timedelta

from storage.browsing import Neighbours, neighbours
from storage.database import Database
from storage.digests import latest_digests, mark_vanished
from tests.builders import MONDAY, a_digest, stored

LATER = MONDAY + timedelta(days=1)


async def way_back(database: Database, start: int, *, category_id: int = 0) -> list[int]:
    """The digests that one comes by on the way to the first."""
    way = [start]
    async with database.snapshot() as tx:
        while older := (await neighbours(tx, way[-1], now=LATER, category_id=category_id)).older:
            assert (await neighbours(tx, older, now=LATER, category_id=category_id)).newer == way[-1]
            way.append(older)
    return way


async def test_the_way_back_goes_by_each_digest_once_however_many_are_of_one_moment(database: Database) -> None:
    for n in range(12):
        await stored(database, a_digest(path=f"{n}.md", published_at=MONDAY + timedelta(hours=n * 7 % 4)))
    async with database.snapshot() as tx:
        newest = [each.id for each in await latest_digests(tx, now=LATER, limit=20)]

    assert await way_back(database, newest[0]) == newest


async def test_of_a_category_only_its_digests_are_gone_by_from_wherever_one_is(database: Database) -> None:
    ids = [
        (await stored(database, a_digest(path=f"{n}.md", categories=[["Bees"], ["Ants"]][n % 2]))).id for n in range(6)
    ]
    async with database.snapshot() as tx:
        bees = await tx.value("SELECT id FROM categories WHERE folded = 'bees'")

    assert await way_back(database, ids[4], category_id=bees) == [ids[4], ids[2], ids[0]]
    async with database.snapshot() as tx:
        assert await neighbours(tx, ids[3], now=LATER, category_id=bees) == Neighbours(older=ids[2], newer=ids[4])


async def test_what_is_gone_or_to_come_is_nobodys_neighbour(database: Database) -> None:
    first, gone, last = [await stored(database, a_digest(path=f"{n}.md")) for n in range(3)]
    await stored(database, a_digest(path="ahead.md", published_at=LATER + timedelta(hours=1)))
    async with database.transaction() as tx:
        await mark_vanished(tx, gone.id, now=LATER)

    async with database.snapshot() as tx:
        assert await neighbours(tx, last.id, now=LATER) == Neighbours(older=first.id, newer=None)
        # Whoever still has it before them can go on from there.
        assert await neighbours(tx, gone.id, now=LATER) == Neighbours(older=first.id, newer=last.id)
        assert await neighbours(tx, 10**17, now=LATER) == Neighbours(older=None, newer=None)
