"""One look at a real folder: what is new is owed once, and whatever happens to files, nothing is lost or sent twice."""

import asyncio
import gc
import os
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.bell import Bell
from bot.delivery.publish import publish_now
from bot.digests.read import read_digest
from bot.digests.site import Site
from bot.look import look
from bot.looking import keep_looking, wait_after
from bot.reading.batches import read_in_batches
from bot.sources.chosen import Chosen
from bot.sources.files import Stamp
from bot.sources.folder import Folder
from bot.sources.git import Git
from bot.sources.git_address import git_address
from bot.sources.watch import watch
from storage.database import Transaction
from storage.model import Digest
from storage.sources import (
    MAIN,
    SeenFile,
    Source,
    ensure_source,
    record_file,
    record_look,
)
from tests.clocks import HandClock
from tests.looking import DAY, BrokenFolder, Place, a_site, now


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Place]:
    async with a_site(tmp_path) as site:
        yield site


async def test_the_first_look_stores_and_owes_nothing_and_the_next_owes_what_is_new(site: Place) -> None:
    for number in range(45):
        site.write(f"{number:02}.md")
    await site.look()
    assert (len(await site.archived()), await site.owed()) == (45, [])
    assert (await site.source()).first_look_complete

    site.write("new.md")
    await site.look()
    await site.look()

    assert await site.owed() == ["new.md"]


async def test_a_file_that_cannot_be_read_is_named_and_taken_when_it_is_mended(site: Place) -> None:
    await site.look()
    bad = site.place / "bad.md"
    bad.write_text("---\ntitle: [\n---\ntext\n")
    site.write("good.md")
    await site.look()
    problems = await site.problems()
    assert len(problems) == 1
    assert str(problems[0]).startswith("bad.md:")
    assert await site.owed() == ["good.md"]

    site.write("bad.md")
    await site.look()

    assert await site.problems() == []
    assert await site.owed() == ["bad.md", "good.md"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
async def test_a_file_that_is_not_ours_to_read_is_named_and_taken_when_it_is(site: Place) -> None:
    await site.look()
    secret = site.write("secret.md")
    secret.chmod(0)
    await site.look()
    assert "secret.md: cannot be read" in str((await site.problems())[0])

    secret.chmod(0o644)
    await site.look()

    assert await site.owed() == ["secret.md"]


class WritingClock(HandClock):
    """While it sleeps, somebody goes on writing."""

    def __init__(self, at: datetime, write: Callable[[], object]) -> None:
        super().__init__(at)
        self.write = write

    async def sleep(self, wait: timedelta) -> None:
        self.write()
        await super().sleep(wait)


async def test_a_file_that_is_still_written_to_is_taken_whole_later(site: Place) -> None:
    await site.look()
    file = site.write("slow.md", "- [one](https://example.org/1)")
    lines = iter(range(2, 100))

    def more() -> None:
        with file.open("a") as opened:
            opened.write(f"- [{next(lines)}](https://example.org/x)\n")

    # By this clock every write is of this moment.
    await site.look(clock=WritingClock(datetime.now(UTC) - DAY, more))
    assert await site.owed() == []

    await site.look()

    assert await site.owed() == ["slow.md"]
    assert await site.column("SELECT count(*) FROM items") == [6]


async def test_files_that_move_are_not_sent_again_even_all_of_them(site: Place) -> None:
    for name in "abcd":
        site.write(f"posts/{name}.md", f"- [{name}](https://example.org/{name})")
    site.write("posts/twin.md", title="twin")
    site.write("posts/twin2.md", title="twin")
    await site.look()
    (site.place / "posts").rename(site.place / "articles")
    await site.look()

    assert await site.owed() == []
    assert await site.archived() == [f"articles/{name}.md" for name in ("a", "b", "c", "d", "twin", "twin2")]
    assert (await site.source()).problem is None
    assert await site.column("SELECT count(*) FROM digests") == [6]


async def test_files_of_which_nothing_could_be_read_are_not_taken_for_each_other(site: Place) -> None:
    for name in "abcd":
        site.write(f"{name}.md", f"- [{name}](https://example.org/{name})")
    await site.look()
    # Larger than any digest, and so not read.
    with (site.place / "a.md").open("r+b") as file:
        file.truncate(11 * 1024 * 1024)
    await site.look()
    (site.place / "a.md").unlink()
    (site.place / "empty.md").touch()
    await site.look()
    (site.place / "empty.md").unlink()
    site.write("a.md", "- [a](https://example.org/a)")
    await site.look()

    assert await site.archived() == ["a.md", "b.md", "c.md", "d.md"]
    assert await site.owed() == []


async def test_a_copy_is_no_move(site: Place) -> None:
    site.write("a.md", title="same")
    await site.look()
    site.write("b.md", title="same")
    await site.look()

    assert await site.owed() == ["b.md"]


async def test_of_a_half_empty_folder_nothing_counts_as_vanished(site: Place) -> None:
    for name in "abc":
        site.write(f"{name}.md", f"- {name}")
    await site.look()
    (site.place / "a.md").unlink()
    (site.place / "b.md").unlink()
    site.write("new.md")
    await site.look()

    assert await site.archived() == ["a.md", "b.md", "c.md", "new.md"]
    problem = f"2 of 3 files are gone; none counts as vanished; look after {site.place}"
    assert (await site.source()).problem == problem
    assert await site.owed() == ["new.md"]
    # However many it becomes.
    (site.place / "c.md").unlink()
    await site.look()
    assert (await site.source()).problem != problem
    assert site.told == [{"name": "operator-source-doubtful", "source": "main", "problem": problem}]
    site.write("c.md", "- c")

    for name in "ab":
        site.write(f"{name}.md", f"- {name}")
    await site.look()
    assert await site.owed() == ["new.md"]
    assert (await site.source()).problem is None


async def test_what_new_patterns_leave_away_is_gone_however_much_it_is(site: Place) -> None:
    for path in ("news/a.md", "old/b.md", "old/c.md", "old/d.md"):
        site.write(path, f"- {path}")
    await site.look()
    site.looker = replace(site.looker, source=replace(site.looker.source, chosen=Chosen(exclude=("old/",))))

    await site.look()

    assert await site.archived() == ["news/a.md"]
    assert (await site.source()).problem is None


async def test_a_missing_folder_changes_nothing(site: Place) -> None:
    site.write("a.md")
    await site.look()
    site.place.rename(site.place.with_name("elsewhere"))
    lost = now()
    await site.look(HandClock(lost))
    await site.look(HandClock(lost + DAY))
    assert await site.archived() == ["a.md"]
    assert (await site.source()).unreachable_since == lost.replace(microsecond=lost.microsecond // 1000 * 1000)
    assert "is missing: make it, or correct the source's place" in str((await site.source()).problem)

    site.place.with_name("elsewhere").rename(site.place)
    await site.look()

    assert (await site.source()).problem is None
    assert (await site.source()).unreachable_since is None
    assert await site.owed() == []


async def test_a_draft_is_owed_when_it_is_published_and_once(site: Place) -> None:
    await site.look()
    site.write("a.md", draft="true")
    await site.look()
    assert await site.owed() == []

    site.write("a.md")
    await site.look()
    assert await site.owed() == ["a.md"]
    async with site.database.transaction() as tx:
        await tx.run("DELETE FROM fan_outs")
    site.write("a.md", draft="true")
    await site.look()
    assert await site.archived() == []
    site.write("a.md")
    await site.look()

    assert await site.archived() == ["a.md"]
    assert await site.owed() == []


async def test_a_file_that_vanishes_and_comes_back_is_not_sent_again(site: Place) -> None:
    for name in "abcd":
        site.write(f"{name}.md", f"- {name}")
    await site.look()
    (site.place / "a.md").unlink()
    await site.look()
    assert await site.archived() == ["b.md", "c.md", "d.md"]

    site.write("a.md", "- a")
    await site.look()

    assert await site.archived() == ["a.md", "b.md", "c.md", "d.md"]
    assert await site.owed() == []


async def test_a_digest_of_the_future_is_due_at_its_time_and_moves_with_it(site: Place) -> None:
    await site.look()
    tomorrow = (site.looker.clock.now() + timedelta(hours=20)).replace(microsecond=0)
    site.write("a.md", date=tomorrow.isoformat())
    await site.look()
    assert await site.column("SELECT due_at FROM fan_outs") == [tomorrow.timestamp() * 1000]
    assert site.told == []

    far = tomorrow + 3 * DAY
    site.write("a.md", date=far.isoformat())
    await site.look()

    assert await site.column("SELECT due_at FROM fan_outs") == [far.timestamp() * 1000]
    assert site.told[0]["remarks"] == f"a.md: it is dated {far:%Y-%m-%d %H:%M} UTC"


async def test_an_old_digest_is_stored_not_sent_and_named(site: Place) -> None:
    await site.look()
    site.write("old.md", date="2001-01-01T00:00:00Z", title="Old")
    site.write("older.md", date="2001-01-01T00:00:00Z", title="Older")
    await site.look()

    assert await site.archived() == ["old.md", "older.md"]
    assert await site.owed() == []
    assert (
        len(await site.column("SELECT path FROM digests WHERE not_sent LIKE 'it was %DIGEST_BOT_CATCH_UP_HOURS%'")) == 2
    )
    assert [(one["name"], one["more"]) for one in site.told] == [("operator-remarks", 0)]
    assert site.told[0]["remarks"].startswith("old.md: it was ")


async def test_of_several_sources_operators_are_told_which(site: Place) -> None:
    site.looker = replace(site.looker, one_of_several=True)
    await site.look()
    site.write("old.md", date="2001-01-01T00:00:00Z")
    await site.look()

    assert site.told[0]["remarks"].startswith("main: old.md: it was ")


async def test_what_is_owed_already_stays_owed_when_its_file_changes(site: Place) -> None:
    await site.look()
    site.write("a.md", date=site.looker.clock.now().isoformat())
    await site.look()
    site.write("a.md", date="2001-01-01T00:00:00Z")
    await site.look()

    assert await site.owed() == ["a.md"]


async def test_what_was_published_by_hand_is_not_taken_back_by_a_look(site: Place) -> None:
    file = site.write("old.md", date="2001-01-01T00:00:00Z")
    clock = site.looker.clock
    digest = read_digest(file.read_bytes(), "old.md", site=Site(), now=clock.now())
    assert isinstance(digest, Digest)
    async with site.database.transaction() as tx:
        await publish_now(tx, await ensure_source(tx, "main"), digest, now=clock.now())

    # The first look, whose baseline sends nothing, and one that finds the file changed.
    await site.look()
    site.write("old.md", "- something else", date="2001-01-01T00:00:00Z")
    await site.look()

    assert await site.owed() == ["old.md"]


async def test_a_change_is_stored_and_not_sent(site: Place) -> None:
    site.write("a.md")
    await site.look()
    site.write("a.md", "- something else")
    await site.look()

    assert await site.column("SELECT revision FROM digests") == [2]
    assert await site.owed() == []


async def test_links_out_of_the_folder_hidden_files_and_odd_names_are_none_of_ours(site: Place, tmp_path: Path) -> None:
    await site.look()
    outside = tmp_path / "outside.md"
    outside.write_text("---\ntitle: secret\n---\n- text\n")
    (site.place / "out.md").symlink_to(outside)
    (site.place / "loop.md").symlink_to("loop.md")
    (site.place / "folder.md").mkdir()
    site.write(".hidden.md")
    site.write(".git/x.md")
    site.write("notes.txt")
    (site.place / os.fsdecode(b"\xff.md")).write_text("- text\n")
    inside = site.write("in.md")
    (site.place / "link.MD").symlink_to(inside)
    await site.look()

    assert await site.owed() == ["in.md", "link.MD"]
    assert (await site.source()).problem is None


async def test_a_disk_in_trouble_breaks_a_look_off_and_the_next_goes_on(site: Place) -> None:
    await site.look()
    site.write("a.md", "- text\n" * 3000)
    async with site.database.transaction() as tx:
        pages = await tx.value("PRAGMA page_count")
        await tx.value(f"PRAGMA max_page_count = {pages}")
    await site.look()
    assert await site.owed() == []
    async with site.database.transaction() as tx:
        await tx.value("PRAGMA max_page_count = 100000")

    await site.look()

    assert await site.owed() == ["a.md"]


async def test_a_change_rings_at_once_and_watching_ends_within_a_second(tmp_path: Path) -> None:
    rung, stopping = asyncio.Event(), asyncio.Event()
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        watching = tasks.create_task(watch(tmp_path, rung.set, stopping=stopping, clock=HandClock()))
        await asyncio.sleep(0.3)
        (tmp_path / "a.md").write_text("x")
        async with asyncio.timeout(3):
            await rung.wait()
        stopping.set()
        async with asyncio.timeout(1):
            await watching


async def test_a_folder_that_cannot_be_watched_is_tried_now_and_then(tmp_path: Path) -> None:
    stopping, clock = asyncio.Event(), HandClock()
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        tasks.create_task(watch(tmp_path / "none", lambda: None, stopping=stopping, clock=clock))
        while len(clock.slept) < 3:
            await asyncio.sleep(0.01)
        stopping.set()

    assert set(clock.slept) == {timedelta(seconds=10)}


async def test_only_chosen_files_are_digests_and_a_file_that_is_chosen_no_more_vanishes(site: Place) -> None:
    site.write("posts/a.md")
    site.write("posts/old/b.md")
    site.write("notes.md")
    site.looker = replace(site.looker, source=replace(site.looker.source, chosen=Chosen(("posts/**",), ("old/",))))

    await site.look()

    assert await site.archived() == ["posts/a.md"]


async def test_other_options_read_every_file_again_and_send_none(site: Place) -> None:
    site.write("a.md", "---\ntitle: a\ndate: 2001-01-01\n---\n[story](/here)\n")
    await site.look()
    source = replace(site.looker.source, site=Site(base_url="https://example.org"))
    site.looker = replace(site.looker, source=source)

    await site.look()

    assert await site.column("SELECT link FROM items WHERE last_revision IS NULL") == ["https://example.org/here"]
    assert await site.owed() == []
    revisions = await site.column("SELECT revision FROM digests")
    await site.look()
    assert await site.column("SELECT revision FROM digests") == revisions


async def test_a_translation_that_is_news_is_sent_although_its_digest_is_too_old(site: Place) -> None:
    await site.look()
    site.write("bees.en.md", date="2001-01-01T00:00:00Z")
    site.write("bees.zh.md", date=site.looker.clock.now().isoformat())
    site.write("wasps.en.md", date="2001-01-01T00:00:00Z")
    await site.look()

    assert await site.owed() == ["bees.en.md"]
    assert await site.column("SELECT path FROM digests WHERE not_sent IS NOT NULL") == ["wasps.en.md"]

    # An hour later it is still news, and a week later it is a translation of something old.
    later = HandClock(site.looker.clock.now() + timedelta(hours=1))
    site.write("wasps.fr.md", date=later.now().isoformat())
    await site.look(later)
    assert await site.owed() == ["bees.en.md", "wasps.en.md"]
    site.write("flies.en.md", date="2001-01-01T00:00:00Z")
    await site.look()
    later = HandClock(site.looker.clock.now() + 7 * DAY)
    site.write("flies.fr.md", date=later.now().isoformat())
    await site.look(later)
    assert await site.owed() == ["bees.en.md", "wasps.en.md"]


async def test_a_first_look_that_goes_on_with_other_options_reads_every_file_again(site: Place) -> None:
    for number in range(30):
        site.write(f"{number}.md", "[story](/here)")
    await look(replace(site.looker, digest_files=BrokenFolder(site.place, after=25)))
    assert 0 < len(await site.archived()) < 30
    source = replace(site.looker.source, site=Site(base_url="https://example.org"))
    site.looker = replace(site.looker, source=source)

    await site.look()

    assert set(await site.column("SELECT link FROM items WHERE last_revision IS NULL")) == {"https://example.org/here"}
    assert len(await site.archived()) == 30
    assert await site.owed() == []


async def test_a_first_look_that_goes_on_with_the_same_options_reads_no_file_again(site: Place) -> None:
    for number in range(30):
        site.write(f"{number}.md")
    await look(replace(site.looker, digest_files=BrokenFolder(site.place, after=25)))
    read = await site.archived()
    async with site.database.transaction() as tx:
        await tx.run("UPDATE digests SET title = 'as it was'")

    await site.look()

    assert (await site.column("SELECT title FROM digests")).count("as it was") == len(read)


async def test_a_source_out_of_reach_is_left_alone_for_longer_and_longer_and_operators_are_told_once(
    site: Place,
) -> None:
    clock = HandClock(now())
    told: list[tuple[str, timedelta]] = []
    long_enough = asyncio.Event()
    began = clock.now()

    async def tell(name: str, **facts: object) -> None:
        told.append((f"{name} {facts['source']}", clock.now() - began))

    class Nowhere(Git):
        async def listing(self) -> Mapping[str, Stamp]:
            if clock.now() - began > timedelta(hours=1):
                long_enough.set()
            return await super().listing()

    nowhere = Nowhere(git_address(f"git+file://{site.place}/none"), site.place.parent / "clone.git")
    looking = asyncio.ensure_future(
        keep_looking(replace(site.looker, digest_files=nowhere, clock=clock, tell=tell), Bell())
    )
    await asyncio.wait_for(long_enough.wait(), 30)
    looking.cancel()
    # It puts away the git that it may have begun, if nobody cancels it a second time.
    await asyncio.wait([looking])

    assert told == [("operator-source-down main", timedelta(minutes=3))]
    # Who waits is well: the health check hears of it.
    assert max(clock.slept) <= timedelta(seconds=30)


@pytest.mark.parametrize(("failures", "wait"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 15), (6, 15), (400, 15)], ids=str)
def test_each_failure_in_a_row_doubles_the_wait_up_to_a_quarter_of_an_hour(failures: int, wait: int) -> None:
    assert wait_after(failures, timedelta(minutes=1)) == timedelta(minutes=wait)


def test_a_source_is_never_asked_more_often_than_when_it_is_well_nor_sooner_than_it_asks() -> None:
    assert wait_after(9, timedelta(hours=2)) == timedelta(hours=2)
    assert wait_after(1, timedelta(minutes=1), asked=timedelta(minutes=40)) == timedelta(minutes=40)
    assert wait_after(5, timedelta(minutes=1), asked=timedelta(minutes=3)) == timedelta(minutes=15)
    assert wait_after(1, timedelta(minutes=1), asked=timedelta(days=400)) == timedelta(hours=6)


@asynccontextmanager
async def hardly_held_up() -> AsyncIterator[None]:
    """Nothing runs in the loop for long; counted is its own time, whatever else the machine is at."""
    longest = 0.0

    async def count() -> None:
        nonlocal longest
        last = time.thread_time()
        while True:
            await asyncio.sleep(0)
            last, before = time.thread_time(), last
            longest = max(longest, last - before)

    # Else what the tests before left could be gone through here.
    gc.collect()
    gc.freeze()
    counting = asyncio.ensure_future(count())
    await asyncio.sleep(0)
    yield
    await asyncio.sleep(0)
    counting.cancel()
    gc.unfreeze()
    assert longest < 0.02


@pytest.mark.long
async def test_a_look_at_very_many_files_holds_up_nobody(site: Place) -> None:
    for number in range(10_000):
        (site.place / f"{number}.md").touch()
    found = await site.looker.digest_files.listing()
    async with hardly_held_up(), aclosing(read_in_batches(Folder(site.place), found, Site(), HandClock())) as batches:
        assert (await anext(batches)).files == 20
    async with site.database.transaction() as tx:
        source = await ensure_source(tx, MAIN)
        files = [SeenFile(path, stamp.size, stamp.version, b"", None, None) for path, stamp in found.items()]
        await tx.whole(partial(remember, source=source, files=files))
        await record_look(tx, source.id, now=now(), problem=None, changed=True, options=site.looker.source.options)

    async with hardly_held_up():
        await site.look()

    assert (await site.source()).problem is None
    assert await site.archived() == []


async def remember(tx: Transaction, *, source: Source, files: list[SeenFile]) -> None:
    for file in files:
        await record_file(tx, source.id, file)
