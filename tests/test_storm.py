"""All that Telegram can answer, in one broadcast: each chat gets what it can get, and none waits for another's trouble.

What is wrong with which chat is drawn from a seed, which is printed; what became of its delivery is then held against
what the sandbox knows of it. Doubt waits minutes before it is sent again, so only the long proof sees the end of that.
"""

import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.sandbox.seen import Call
from tests.running import Place, a_file, a_place_apart, part_numbers
from tests.storm import MOST_DOUBTS, Chat, gather

# Of two parts.
DIGEST = a_file("New", items=20, words=60)
WHOLE = [0, 1]
RATE = 200
# A broadcast stands still for no longer than Telegram wants it to, and a busy machine makes it. Calls hang for 30 s.
LONGEST_SILENCE = timedelta(seconds=10)
# As many as may be asked of Telegram at once.
AT_ONCE = 64
A_WHILE = timedelta(minutes=1)
LONG = timedelta(minutes=10)


@asynccontextmanager
async def a_storm(folder: Path, number: int) -> AsyncIterator[tuple[Place, list[Chat]]]:
    """A broadcast to so many chats."""
    seed = random.randrange(1 << 32)  # noqa: S311 no secret hangs on it
    async with a_place_apart(folder, DIGEST_BOT_RATE=str(RATE)) as place:
        chats = await gather(place.telegram, number, random.Random(seed))  # noqa: S311 as above
        wrong = Counter(wrong for chat in chats for wrong in chat.wrong or ["well"])
        tell(f"seed {seed}: {dict(wrong)}")
        # What happened before the bot is to learn when it sends.
        await place.telegram.hold("getUpdates", accepted=True)
        async with place.running():
            await place.subscribe(chat.id for chat in chats)
            place.publish("new.md", DIGEST)
            await place.until("SELECT count(*) = ? FROM deliveries", number, within=A_WHILE)
            yield place, chats


@pytest.mark.long
async def test_nobody_waits_for_the_trouble_of_another(tmp_path: Path) -> None:
    async with a_storm(tmp_path, 100) as (place, chats):
        await finished(place, [chat for chat in chats if not chat.doubts], within=A_WHILE)
        hanging = await place.telegram.held("sendMessage", count=0)
        calls = await place.telegram.calls("sendMessage")
        # Those are answered late, and known to have it.
        await place.telegram.release("sendMessage")
        released = [chat for chat in chats if chat.wrong[-1:] == ["hangs"] and chat.doubts == 1]
        await finished(place, released, within=A_WHILE)
        await check(place, [chat for chat in chats if not chat.doubts])
        in_doubt = becomes(place, [chat for chat in chats if chat.doubts and chat not in released])

    assert len(hanging) == sum("hangs" in chat.wrong and chat.doubts == 1 for chat in chats)
    check_order(chats, calls)
    check_waits(calls)
    assert {state for state, _ in in_doubt.values()} <= {"waiting"}


@pytest.mark.long
async def test_a_storm_ends_with_the_truth_about_each(tmp_path: Path) -> None:
    async with a_storm(tmp_path, 2000) as (place, chats):
        await finished(place, chats, within=LONG)
        calls = await place.telegram.calls("sendMessage")
        await check(place, chats)

    check_order(chats, calls)
    check_waits(calls)


async def finished(place: Place, chats: Sequence[Chat], *, within: timedelta) -> None:
    """Wait until something has become of the deliveries of all these."""
    ids = ", ".join(str(id_) for chat in chats for id_ in {chat.id, chat.id_now})
    await place.until(
        f"""
        SELECT count(*) = 0 FROM deliveries JOIN subscribers ON subscribers.id = subscriber_id
         WHERE deliveries.state IN ('waiting', 'sending') AND chat_id IN ({ids})
        """,  # noqa: S608 numbers of ours
        within=within,
    )


def becomes(place: Place, chats: Sequence[Chat]) -> dict[int, tuple[str, str]]:
    """The state of each one's delivery, and why, by the id that the bot knows now."""
    rows = place.ask(
        """
        SELECT chat_id, deliveries.state, coalesce(reason, '')
          FROM deliveries JOIN subscribers ON subscribers.id = subscriber_id
        """
    )
    ids = {id_ for chat in chats for id_ in (chat.id, chat.id_now)}
    return {chat_id: (state, reason) for chat_id, state, reason in rows if chat_id in ids}


async def check(place: Place, chats: Sequence[Chat]) -> None:
    """Hold what became of the deliveries against what stands in the chats, and what is wrong with them."""
    ends = becomes(place, chats)
    stands = part_numbers({chat.id_now: [m.text for m in await chat.chat.received()] for chat in chats})
    for chat in chats:
        state, reason = ends[chat.id_now]
        if chat.lost:
            assert (state, stands[chat.id_now]) == ("skipped", [])
            assert chat.lost in reason.lower()
        elif chat.doubts > MOST_DOUBTS:
            assert state == "failed"
            assert "in doubt too often" in reason
            # Each of its parts, as often as is not too often.
            assert stands[chat.id_now] == sorted(WHOLE * chat.arrived)
        else:
            assert (state, reason) == ("sent", "")
            # Once for each time that nobody could know of, and once that is known.
            assert stands[chat.id_now] == [0] * chat.arrived + WHOLE


def check_order(chats: Sequence[Chat], calls: Sequence[Call]) -> None:
    """See that the well had no trouble, that none was overtaken by many, and that the sending never stood still."""
    ids = [_chat_id(call) for call in calls]
    well = {chat.id for chat in chats if not chat.wrong}
    assert {chat_id: tries for chat_id, tries in Counter(ids).items() if chat_id in well} == dict.fromkeys(well, 2)

    first_tries = {chat_id: place for place, chat_id in enumerate(dict.fromkeys(ids))}
    assert max(first_tries[chat.id] - place for place, chat in enumerate(chats)) <= 2 * AT_ONCE

    last = max(place for place, chat_id in enumerate(ids) if chat_id in well)
    silence = max(after.at - before.at for before, after in pairwise(calls[: last + 1]))
    tell(
        f"all who are well have it after {calls[last].at - calls[0].at:.1f} s; the longest silence was {silence:.1f} s"
    )
    assert silence < LONGEST_SILENCE.total_seconds()
    # As if the sky were clear, give or take what a busy machine and the pace of a group take.
    assert calls[last].at - calls[0].at < 4 * last / RATE + LONGEST_SILENCE.total_seconds()


def check_waits(calls: Sequence[Call]) -> None:
    """See that each chat was left alone for as long as Telegram said."""
    for place, call in enumerate(calls):
        if call.outcome == "refused" and call.answer and (wait := call.answer.get("parameters", {}).get("retry_after")):
            again = next(later for later in calls[place + 1 :] if _chat_id(later) == _chat_id(call))
            assert again.at - call.at >= wait - 0.01


def _chat_id(call: Call) -> int:
    return int(call.parameters["chat_id"])


def tell(line: str) -> None:
    # pytest shows it when the test fails, and else when it is asked to, with -rP.
    print(line)  # noqa: T201
