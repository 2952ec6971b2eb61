"""What `digest-bot status` says of deliveries: gathered, and written for a person."""

import shlex
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from bot.cli.counted import counted
from bot.cli.holds import HOLDS, NEEDING_SOMEBODY
from bot.cli.paid import stars_at_most
from bot.settings import Settings
from storage import deliveries, subscribers
from storage.announced_counts import count_all_kept
from storage.announcements import under_way
from storage.audit import count_deliveries, count_doubts, progress_of
from storage.database import Transaction
from storage.finding import held_digests, last_owed
from storage.model import SubscriberState
from storage.notices import count_notices
from storage.pauses import present_pause
from storage.rests import EVERY_CHAT, count_resting, rests_until
from storage.tallies import count_tallied

# Digests of a source that are named among those that are held, and looked at for what one costs.
_NAMED, _LAST = 3, 10
_WHAT_BECOMES = {"resend": "sent again", "skip": "given up"}


async def delivery_told(tx: Transaction, settings: Settings, *, now: datetime, memory: timedelta) -> dict[str, Any]:
    """Gather what is owed and what stands in its way; doubts of so long ago as *memory* are forgotten."""
    pause = await present_pause(tx)
    doubts, given_up = await count_doubts(tx, since=now - memory)
    return {
        "outbox": dict(
            Counter(await deliveries.count_by_state(tx))
            + Counter(await count_tallied(tx))
            + Counter(await count_all_kept(tx))
        ),
        "paused_since": None if pause is None else pause.since.isoformat(),
        # What an operator decided for what waited. None: that is still to be decided, or nothing is paused.
        "pause_ends": None if pause is None or pause.decision is None else pause.decision.ending,
        "held": [
            {"source": digest.source, "path": digest.path, "title": digest.title, "digest": digest.id, "hold": hold}
            for digest, hold in await held_digests(tx)
        ],
        "resting": {
            "broadcast_until": _written(await rests_until(tx, EVERY_CHAT, now=now)),
            "chats": await count_resting(tx, now=now),
        },
        "in_doubt": {"times": doubts, "given_up": given_up, "when_unsure": settings.when_unsure},
        "announcements": [{"announcement": each.id, "state": each.state} for each in await under_way(tx)],
        "notices_untold": await count_notices(tx),
        "paid_broadcast": await _paid(tx, settings) if settings.paid_broadcast else None,
    }


async def _paid(tx: Transaction, settings: Settings) -> dict[str, Any]:
    chats, messages = await _size_of_a_digest(tx)
    stars = stars_at_most(messages, rate=settings.rate)
    return {"rate": settings.rate, "chats": chats, "messages": messages, "stars_at_most": stars}


async def _size_of_a_digest(tx: Transaction) -> tuple[int, int]:
    """Say to how many chats, in how many messages, the last whole digest went; without one, what the next may be."""
    for digest in await last_owed(tx, limit=_LAST):
        counts = [count for count in await count_deliveries(tx, digest.id) if count.kind == "digest"]
        is_whole = not await progress_of(tx, digest.id) and all(count.finished_at for count in counts)
        if is_whole and any(count.state == "sent" for count in counts):
            chats = sum(count.number for count in counts if count.state == "sent")
            return chats, sum(count.parts for count in counts)
    active = (await subscribers.count_by_state(tx)).get(SubscriberState.ACTIVE, 0)
    return active, active


def urgent_lines(told: dict[str, Any]) -> Iterator[str]:
    """Write what stands in the way of deliveries, or may have gone wrong; of what is well, nothing."""
    if told["paused_since"]:
        ends = {"send": "it ends: what waited is sent", "skip": "it ends: what waited is skipped"}
        how = ends.get(told["pause_ends"], "no digest goes out: digest-bot resume")
        yield f"Paused       since {_moment(told['paused_since'])}, {how}"
    for hold in NEEDING_SOMEBODY:
        yield from _held([digest for digest in told["held"] if digest["hold"] == hold], hold)
    resting = told["resting"]
    if resting["broadcast_until"]:
        yield f"Resting      Telegram wants nothing before {_moment(resting['broadcast_until'])} but answers to people"
    if resting["chats"]:
        yield f"Resting      {counted(resting['chats'], 'chat')}, as Telegram asks; the others go on"
    doubt = told["in_doubt"]
    if doubt["times"]:
        given_up = f", {doubt['given_up']} of them given up" if doubt["given_up"] else ""
        becomes = f"{_WHAT_BECOMES[doubt['when_unsure']]} (DIGEST_BOT_WHEN_UNSURE)"
        yield f"In doubt     {counted(doubt['times'], 'message')} in the last 7 days{given_up}; such are {becomes}"
    if told["announcements"]:
        paused = sum(each["state"] == "paused" for each in told["announcements"])
        some = f", {paused} of them paused" if paused else ""
        yield f"Announcing   {counted(len(told['announcements']), 'announcement')}{some}: digest-bot announce status"
    if told["notices_untold"]:
        yield f"Not told     {counted(told['notices_untold'], 'notice')} to operators or subscribers; tried again"


def _held(digests: list[dict[str, Any]], hold: str) -> Iterator[str]:
    if not digests:
        return
    yield f"Held         {counted(len(digests), 'digest')}: {HOLDS[hold]}"
    for source, its in groupby(sorted(digests, key=lambda digest: digest["source"]), key=lambda each: each["source"]):
        of_source = list(its)
        for digest in of_source[:_NAMED]:
            path = ["--", digest["path"]] if digest["path"].startswith("-") else [digest["path"]]
            yield f"               {shlex.join(['digest-bot', 'publish', '--source', source, *path])}"
        if len(of_source) > _NAMED:
            yield f"               and {len(of_source) - _NAMED} more of {source}: digest-bot status --json"


def paid_line(paid: dict[str, Any]) -> str:
    """Write what broadcasts cost."""
    return (
        f"Paid         up to {paid['rate']:g} messages a second; a digest to {paid['chats']:,} chats "
        f"({paid['messages']:,} messages) costs at most {paid['stars_at_most']:,} Stars"
    )


def _moment(at: str) -> str:
    return f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M:%S} UTC"


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
