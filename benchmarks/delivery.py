"""How many messages a second go out: one digest to 20,000 subscribers of a Bot API that answers at once.

Ours is the whole path with the real database: fanned out, claimed, sent, recorded, logged. Peers, in the same run and
against the same server: aiogram's bare send loop, which writes nothing down, and python-telegram-bot as it comes. Each
sends the same text with the same entities and buttons, 30 at a time, in a fresh process; the sides take turns. With
--wishes a third of our subscribers follows and mutes words, has quiet hours, and half of those have had two stories.
Run: uv run python -m benchmarks.delivery [--subscribers 20000] [--rounds 5] [--only ours] [--wishes] [--profile]
"""

import argparse
import asyncio
import json
import os
import statistics
import sys

import aiohttp

from benchmarks import null_api
from benchmarks.senders import AT_ONCE, SIDES, Took


async def main() -> None:
    """Print ratios to the peers, then messages a second and what one costs; or with --profile where our time goes."""
    asked = _asked()
    async with null_api.started() as address:
        if asked.profile:
            await _turn("ours", address, asked, profiled=True)
            return
        runs: dict[str, list[Took]] = {side: [] for side in asked.only or SIDES}
        for number in range(asked.rounds):
            # Nobody is always the first.
            order = list(runs)[number % len(runs) :] + list(runs)[: number % len(runs)]
            for side in order:
                runs[side].append(await _turn(side, address, asked))
    _print(runs, asked.subscribers)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subscribers", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", action="append", choices=SIDES)
    parser.add_argument("--wishes", action="store_true")
    parser.add_argument("--profile", action="store_true")
    return parser.parse_args()


async def _turn(side: str, address: str, asked: argparse.Namespace, *, profiled: bool = False) -> Took:
    """Let one side send to everybody, and make sure that everybody got it once."""
    subscribers = asked.subscribers
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.senders", side, address, str(subscribers)),
        *(["wishes"] if asked.wishes else []),
        *(["profile"] if profiled else []),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{side} failed")
    async with aiohttp.ClientSession() as session, session.get(f"{address}/counts") as response:
        counts = await response.json()
    if counts != {"messages": subscribers, "chats": subscribers}:
        raise AssertionError(f"{side} was to send to {subscribers} chats, and did {counts}")
    return Took(**json.loads(output))


def _print(runs: dict[str, list[Took]], subscribers: int) -> None:
    mine = runs.get("ours", [])
    for side, theirs in runs.items():
        if mine and side != "ours":
            ratios = [peer.seconds / our.seconds for our, peer in zip(mine, theirs, strict=True)]
            print(f"{statistics.median(ratios):.2f} of {side} (from {min(ratios):.2f} to {max(ratios):.2f})")
    for side, turns in runs.items():
        rates = [subscribers / turn.seconds for turn in turns]
        every = ", ".join(f"{rate:,.0f}" for rate in rates)
        cost = statistics.median(turn.processor for turn in turns) / subscribers
        print(f"{side}: median {statistics.median(rates):,.0f} a second ({every}); {cost * 1e6:,.0f} µs of processor")
    load = ", ".join(f"{average:.1f}" for average in os.getloadavg())
    print(f"{subscribers:,} subscribers, {AT_ONCE} at once, {os.cpu_count()} cores, load {load}")


if __name__ == "__main__":
    asyncio.run(main())
