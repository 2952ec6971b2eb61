"""What arrives in bulk waits for an operator's word, and what arrives as it should goes in order."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from telegram.ext import ExtBot

from bot.chat.answer import Reaction, Replace, Toast
from bot.chat.request import Request
from bot.chat.rights import Rights
from bot.chat.services import Services
from bot.chat.tapped import answer_tap
from bot.delivery.publish import owe_now
from bot.messages.phrases import languages, phrase
from bot.messages.taps import DecideHeld, write
from bot.sources.chosen import Chosen
from bot.sources.feed import Feed
from bot.sources.files import DigestFile, Stamp
from bot.sources.folder import Folder
from storage.digests import digest_by_id
from storage.fan_outs import cancel_fan_out, next_fan_out, set_hold
from storage.notices import Notice, drop_notice, next_notice
from tests.clocks import HandClock
from tests.looking import DAY, BrokenFolder, Place, a_site
from tests.sources.feeds import an_item, rss
from tests.sources.web import serve

OPERATOR, OTHER, STRANGER = 7, 8, 9
HOUR = timedelta(hours=1)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Place]:
    """Somebody runs it, and it has its baseline."""
    async with a_site(tmp_path) as site:
        site.looker = replace(site.looker, operators=(OPERATOR, OTHER))
        await site.look()
        yield site


def nobody_runs(site: Place) -> None:
    site.looker = replace(site.looker, operators=())


def written(site: Place, count: int, *, folder: str = "", ago: timedelta = HOUR) -> list[str]:
    """Write digests, the first path being that of the newest."""
    dates = [site.looker.clock.now() - ago - n * timedelta(minutes=1) for n in range(count)]
    paths = [f"{folder}{n:02}.md" for n in range(count)]
    for path, date in zip(paths, dates, strict=True):
        site.write(path, f"- a [story](https://example.org/{path})", date=date.isoformat())
    return paths


async def holds(site: Place) -> dict[str, list[str | None]]:
    """Each path that is owed, by what holds it."""
    async with site.database.snapshot() as tx:
        rows = await tx.rows("SELECT path, hold FROM fan_outs JOIN digests ON digests.id = digest_id ORDER BY path")
    found: dict[str, list[str | None]] = {}
    for row in rows:
        found.setdefault(str(row["hold"]), []).append(row["path"])
    return found


async def told(site: Place) -> list[Notice]:
    """What operators are to be told, which they are now."""
    notices = []
    async with site.database.transaction() as tx:
        while (notice := await next_notice(tx, now=site.looker.clock.now() + DAY)) is not None:
            notices.append(notice)
            await drop_notice(tx, notice.id)
    return notices


async def in_order(site: Place) -> list[str]:
    """The paths in the order in which they go to people, who are none."""
    paths = []
    async with site.database.transaction() as tx:
        while (fan_out := await next_fan_out(tx, now=site.looker.clock.now())) is not None:
            paths.append((await digest_by_id(tx, fan_out.digest_id)).digest.path)
            await cancel_fan_out(tx, fan_out.digest_id)
    return paths


async def not_sent(site: Place) -> list[str]:
    return await site.column("SELECT path FROM digests WHERE not_sent IS NOT NULL ORDER BY path")


def a_tap(site: Place, by: int) -> Request:
    rights = Rights(ExtBot("1:nobody"), site.looker.clock)
    services = Services(site.database, site.looker.clock, rights, frozenset(site.looker.operators))
    return Request(services, by, "en", None)


async def tapped(site: Place, notice: Notice, button: str, *, by: int = OPERATOR) -> str | Reaction:
    """What becomes of the message when somebody presses the button."""
    (data,) = [data for name, data in notice.buttons if name == button]
    reaction = await answer_tap(a_tap(site, by), data)
    return reaction.answer.text if isinstance(reaction, Replace) else reaction


async def test_twenty_at_once_go_to_operators_first_and_nobody_is_asked(site: Place) -> None:
    paths = written(site, 20)
    await site.look()

    assert await holds(site) == {"canary": paths}
    assert await told(site) == []


async def test_without_operators_any_number_goes_the_oldest_first(site: Place) -> None:
    nobody_runs(site)
    paths = written(site, 45)
    await site.look()

    assert await holds(site) == {"None": paths}
    assert await in_order(site) == paths[::-1]
    assert await told(site) == []


async def test_more_than_twenty_at_once_are_held_and_each_operator_is_asked_once(site: Place) -> None:
    paths = written(site, 45)
    await site.look()

    assert await holds(site) == {"many": paths}
    assert await in_order(site) == []
    notices = await told(site)
    assert [(notice.user_id, notice.phrase) for notice in notices] == [
        (OPERATOR, "operator-held"),
        (OTHER, "operator-held"),
    ]
    assert notices[0].facts == {
        "source": "main",
        "count": 45,
        "titles": "\n".join(f"· {path}" for path in paths[:5]),
        "more": 40,
    }
    for language in languages():
        assert "45" in phrase(language, notices[0].phrase, **notices[0].facts)
        assert all(phrase(language, name) for name, _ in notices[0].buttons)

    # Nor does the next look ask, or one that brings something else.
    await site.look()
    site.write("new.md")
    await site.look()
    assert await told(site) == []
    assert await holds(site) == {"many": paths, "canary": ["new.md"]}


async def test_a_title_without_end_does_not_fill_the_question(site: Place) -> None:
    for number in range(21):
        site.write(f"{number:02}.md", title="bees " * 500)
    await site.look()

    assert len(str((await told(site))[0].facts["titles"])) < 600


async def test_all_can_be_sent(site: Place) -> None:
    paths = written(site, 25)
    await site.look()
    notice, other = await told(site)

    assert await tapped(site, notice, "button-send-all") == "25 digests of main are on their way, the oldest first."
    assert await holds(site) == {"canary": paths}
    assert await not_sent(site) == []

    # Whoever taps later learns that it was decided, whatever they would have wanted.
    assert await tapped(site, other, "button-send-none", by=OTHER) == Toast(phrase("en", "decided-already"))
    assert await holds(site) == {"canary": paths}


async def test_the_newest_alone_can_be_sent(site: Place) -> None:
    paths = written(site, 25)
    await site.look()
    notice, _ = await told(site)

    assert await tapped(site, notice, "button-send-newest") == (
        "One digest of main is on its way.\n"
        "24 digests of main are kept and not sent. To send one: digest-bot publish PATH"
    )
    assert await holds(site) == {"canary": ["00.md"]}
    assert await not_sent(site) == paths[1:]


async def test_none_needs_to_be_sent_and_each_can_be_later(site: Place) -> None:
    paths = written(site, 25)
    await site.look()
    notice, _ = await told(site)

    assert await tapped(site, notice, "button-send-none") == (
        "25 digests of main are kept and not sent. To send one: digest-bot publish PATH"
    )
    assert (await holds(site), await not_sent(site)) == ({}, paths)
    assert set(await site.column("SELECT not_sent FROM digests")) == {
        "25 came at once, and an operator chose not to send it"
    }

    async with site.database.transaction() as tx:
        await owe_now(tx, await digest_by_id(tx, 3), now=site.looker.clock.now(), operators=(OPERATOR,))
    assert len((await holds(site))["canary"]) == 1
    assert len(await not_sent(site)) == 24


async def test_only_operators_decide(site: Place) -> None:
    paths = written(site, 25)
    await site.look()
    notice, _ = await told(site)

    assert await tapped(site, notice, "button-send-all", by=STRANGER) == Toast(phrase("en", "old-button"))
    assert await holds(site) == {"many": paths}


async def test_a_translation_does_not_send_what_an_operator_chose_not_to_send(site: Place) -> None:
    written(site, 25)
    site.write("bees.en.md", date=site.looker.clock.now().isoformat())
    await site.look()
    notice, _ = await told(site)
    await tapped(site, notice, "button-send-none")
    site.write("bees.zh.md", date=site.looker.clock.now().isoformat())
    await site.look()

    assert await holds(site) == {}


async def test_a_button_decides_on_what_it_was_asked_about(site: Place) -> None:
    monday = written(site, 25, folder="monday/")
    await site.look()
    first, _ = await told(site)
    later = HandClock(site.looker.clock.now() + HOUR)
    tuesday = written(site, 25, folder="tuesday/")
    await site.look(later)
    second, _ = await told(site)
    assert second.facts["count"] == 25

    await tapped(site, first, "button-send-none")
    assert await holds(site) == {"many": tuesday}
    assert await not_sent(site) == monday

    # As old as it is, and whoever made it.
    for since in (0, 10**18 - 1):
        tap = DecideHeld(1, since=since, newest=10**18 - 1)
        assert await answer_tap(a_tap(site, OPERATOR), write(tap)) == Toast(phrase("en", "decided-already"))
    assert await holds(site) == {"many": tuesday}


async def test_what_is_dated_ahead_does_not_come_at_once(site: Place) -> None:
    ahead = written(site, 25, folder="ahead/", ago=-HOUR - timedelta(minutes=25))
    now = written(site, 20, folder="now/")
    await site.look()

    assert await holds(site) == {"canary": [*ahead, *now]}
    due = await site.column("SELECT count(DISTINCT due_at) FROM fan_outs")
    assert due == [26]


async def test_files_that_only_moved_bring_nothing(site: Place) -> None:
    written(site, 30, folder="old/")
    await site.look()
    notice, _ = await told(site)
    await tapped(site, notice, "button-send-none")
    (site.place / "old").rename(site.place / "new")
    await site.look()

    assert (await holds(site), await told(site)) == ({}, [])


async def test_what_new_patterns_bring_in_bulk_is_held(site: Place) -> None:
    site.looker = replace(site.looker, source=replace(site.looker.source, chosen=Chosen(include=("news/",))))
    await site.look()
    paths = written(site, 25, folder="more/")
    site.write("news/a.md")
    await site.look()
    assert await holds(site) == {"canary": ["news/a.md"]}

    both = Chosen(include=("news/", "more/"))
    site.looker = replace(site.looker, source=replace(site.looker.source, chosen=both))
    await site.look()

    assert (await holds(site))["many"] == paths


async def test_a_feed_whose_ids_all_change_is_held(site: Place) -> None:
    async with serve() as web:
        url = web.put("/feed.xml", rss(*(an_item(number) for number in range(1, 26))))
        source = replace(site.looker.source, name="feed")
        site.looker = replace(site.looker, digest_files=Feed(url), source=source, catch_up=None)
        await site.look()
        assert (await holds(site), len(await site.archived())) == ({}, 25)

        web.put("/feed.xml", rss(*(an_item(number, id_=f"new-{number}") for number in range(1, 26))))
        await site.look()

    assert [len(paths) for paths in (await holds(site)).values()] == [25]
    assert [notice.facts["source"] for notice in await told(site)] == ["feed", "feed"]


async def test_drafts_that_are_published_in_bulk_are_held(site: Place) -> None:
    for number in range(25):
        site.write(f"{number:02}.md", draft="true")
    await site.look()
    paths = written(site, 25)
    await site.look()

    assert await holds(site) == {"many": paths}


@dataclass(frozen=True)
class KillingFolder(BrokenFolder):
    """Ends the look after so many files as the end of the process would: what was stored is, and no more is done."""

    def read(self, path: str, stamp: Stamp) -> DigestFile:
        try:
            return super().read(path, stamp)
        except RuntimeError as error:
            raise asyncio.CancelledError from error


async def broken_off(site: Place, folder: Folder) -> None:
    whole = site.looker
    site.looker = replace(whole, digest_files=folder)
    try:
        await site.look()
    except asyncio.CancelledError:
        assert isinstance(folder, KillingFolder)
    site.looker = whole


async def test_a_look_that_was_killed_is_counted_with_the_next(site: Place) -> None:
    paths = written(site, 25)
    await broken_off(site, KillingFolder(site.place, after=20))
    assert await holds(site) == {"counting": paths[:20]}
    assert await in_order(site) == []
    await site.look()

    assert await holds(site) == {"many": paths}
    assert [notice.facts["count"] for notice in await told(site)] == [25, 25]


async def test_what_a_killed_look_brought_is_as_late_as_it_is(site: Place) -> None:
    nobody_runs(site)
    paths = written(site, 25)
    await broken_off(site, KillingFolder(site.place, after=20))
    (due_at,) = await site.column("SELECT DISTINCT due_at FROM fan_outs WHERE hold = 'counting'")
    await site.look(HandClock(site.looker.clock.now() + HOUR))

    assert await holds(site) == {"None": paths}
    assert await site.column(f"SELECT count(*) FROM fan_outs WHERE due_at = {due_at}") == [20]  # noqa: S608 - a number


async def test_a_look_that_fails_again_and_again_holds_up_nothing_that_it_brought(site: Place) -> None:
    paths = written(site, 25)
    await broken_off(site, BrokenFolder(site.place, after=20))
    await broken_off(site, BrokenFolder(site.place, after=0))

    assert await holds(site) == {"canary": paths[:20]}


async def test_a_source_that_goes_away_holds_up_nothing_that_a_killed_look_brought(site: Place) -> None:
    paths = written(site, 25)
    await broken_off(site, KillingFolder(site.place, after=20))
    assert await holds(site) == {"counting": paths[:20]}
    site.place.rename(site.place.with_name("elsewhere"))
    await site.look()

    assert await holds(site) == {"canary": paths[:20]}


async def test_what_is_held_when_nobody_is_an_operator_any_more_is_sent(site: Place) -> None:
    paths = written(site, 25)
    await site.look()
    nobody_runs(site)
    await site.look()

    assert await in_order(site) == paths[::-1]


async def test_what_is_published_by_hand_waits_for_no_decision(site: Place) -> None:
    written(site, 25)
    await site.look()
    notice, _ = await told(site)
    async with site.database.transaction() as tx:
        one = await digest_by_id(tx, 1)
        await owe_now(tx, one, now=site.looker.clock.now() + HOUR, operators=(OPERATOR,))
    assert (await holds(site))["canary"] == [one.digest.path]

    await tapped(site, notice, "button-send-none")

    assert await holds(site) == {"canary": [one.digest.path]}


async def refused(site: Place) -> None:
    ids = await site.column("SELECT digest_id FROM fan_outs")
    async with site.database.transaction() as tx:
        await set_hold(tx, ids, "refused")


async def test_a_digest_that_telegram_refused_is_tried_again_when_it_says_something_else(site: Place) -> None:
    site.write("a.md", "- [one](https://example.org/1)")
    await site.look()
    await refused(site)
    (site.place / "a.md").touch()
    await site.look()
    assert await holds(site) == {"refused": ["a.md"]}

    site.write("a.md", "- [two](https://example.org/2)")
    later: datetime = site.looker.clock.now() + HOUR
    await site.look(HandClock(later))

    assert await holds(site) == {"canary": ["a.md"]}
    # It is not late for having been refused.
    assert await site.column("SELECT due_at FROM fan_outs") == [int(later.timestamp() * 1000)]


async def test_a_date_that_moves_does_not_have_a_digest_counted_again(site: Place) -> None:
    ahead = site.looker.clock.now() + HOUR
    site.write("a.md", date=ahead.isoformat())
    await site.look()
    site.write("a.md", date=(ahead + HOUR).isoformat())
    await site.look()

    assert await holds(site) == {"canary": ["a.md"]}
