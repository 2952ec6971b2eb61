"""What `digest-bot status` shows to a person, the most urgent first."""

import shlex
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from babel.dates import format_timedelta

from bot.cli.status_access import access_lines
from bot.cli.status_delivery import paid_line, urgent_lines

# Of each kind of trouble; all of it is in `--json`.
_MOST = 20


def lines(told: dict[str, Any], *, now: datetime) -> Iterator[str]:
    """Write what is *told*, with its times as seen from *now*."""
    for reason in told["unwell"]:
        yield f"Bot          ✗ {reason}"
    if not told["unwell"]:
        yield "Bot          runs and is well"
    yield from urgent_lines(told)
    yield f"Digests      {told['digests']}"
    yield f"Subscribers  {_counts(told['subscribers'])}"
    yield from access_lines(told["access"])
    yield f"Outbox       {_counts(told['outbox'])}"
    if told["paid_broadcast"]:
        yield paid_line(told["paid_broadcast"])
    for source in told["sources"]:
        yield ""
        yield f"Source {source['name']}: {source['place'] or 'not in the settings'}"
        yield f"  {_story(source, now)}"
        yield from _first([f"  ✗ {problem}" for problem in _problems(source)])
    if told["not_sent"]:
        yield ""
        yield "Not sent, of the last 7 days"
        yield from _first([line for digest in told["not_sent"] for line in _not_sent(digest)], most=2 * _MOST)


def _story(source: dict[str, Any], now: datetime) -> str:
    problems = len(_problems(source))
    said = [
        _reach(source, now),
        f"last look {_ago(source['last_look'], now)}",
        f"last change {_ago(source['last_change'], now)}",
        f"{source['digests']} digest{'' if source['digests'] == 1 else 's'}",
        f"{problems or 'no'} problem{'' if problems == 1 else 's'}",
    ]
    if not source["first_look_complete"]:
        said.append("first look not complete")
    return ", ".join(said)


def _reach(source: dict[str, Any], now: datetime) -> str:
    if source["reachable"] is None:
        return "not looked at yet"
    return "within reach" if source["reachable"] else f"OUT OF REACH, lost {_ago(source['unreachable_since'], now)}"


def _problems(source: dict[str, Any]) -> list[str]:
    return [*filter(None, [source["problem"]]), *source["unreadable"]]


def _not_sent(digest: dict[str, Any]) -> list[str]:
    # To be pasted, even if the path looks like an option.
    path = ["--", digest["path"]] if digest["path"].startswith("-") else [digest["path"]]
    command = shlex.join(["digest-bot", "publish", "--source", digest["source"], *path])
    return [f"  {digest['source']}: {digest['path']}: {digest['reason']}", f"    send it: {command}"]


def _first(found: list[str], *, most: int = _MOST) -> Iterator[str]:
    yield from islice(found, most)
    if len(found) > most:
        yield "  … and more: digest-bot status --json"


def _ago(at: str | None, now: datetime) -> str:
    if at is None:
        return "never"
    return format_timedelta(datetime.fromisoformat(at) - now, add_direction=True, locale="en")


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {state}" for state, number in counts.items()) or "none"
