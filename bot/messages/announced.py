"""How far an announcement is, and what became of it, as an operator is told: pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from babel import Locale

from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from bot.messages.rows import in_a_row, lasting
from bot.messages.taps import Tap, tap
from storage.model import Announcement, Content, Counts, Reach

_LONGEST_TITLE = 40


@tap("pause-announcement")
@dataclass(frozen=True, slots=True)
class PauseAnnouncement(Tap):
    """The announcement with this id goes to nobody more for now."""

    id: int


@tap("resume-announcement")
@dataclass(frozen=True, slots=True)
class ResumeAnnouncement(Tap):
    """The announcement with this id, which is paused, goes on."""

    id: int


@tap("cancel-announcement")
@dataclass(frozen=True, slots=True)
class CancelAnnouncement(Tap):
    """The announcement with this id goes to nobody more, ever."""

    id: int


# Of each its label and what it asks for.
Row = Sequence[tuple[str, Tap]]


def report(language: str, announcement: Announcement, counts: Counts, *, later: int, rate: float) -> str:
    """Say how far it is, and what became of it in each chat so far; *later* are those who wait for their time."""
    title = title_of(language, announcement.content)
    if announcement.state == "fanning out" and not counts.owed:
        return phrase(language, "announcement-beginning", title=title)
    lines = [
        _first_line(language, announcement, counts, title=title, left=took(language, counts.waiting - later, rate))
    ]
    lines.append(phrase(language, "announced-sent", count=counts.sent))
    others = {
        "announced-gone": counts.gone,
        "announced-failed": counts.failed,
        "announced-skipped": counts.skipped,
    }
    lines += [phrase(language, name, count=number) for name, number in others.items() if number]
    if counts.waiting and not is_over(announcement, counts):
        lines.append(phrase(language, "announced-waiting", count=counts.waiting))
    if later:
        lines.append(phrase(language, "announced-later", count=later))
    return "\n".join(lines)


def buttons(language: str, announcement: Announcement, counts: Counts) -> list[Row]:
    """Give the buttons under the report, in rows."""
    if is_over(announcement, counts):
        return []
    match announcement.state:
        case "paused":
            return [
                [(phrase(language, "button-announcement-resume"), ResumeAnnouncement(announcement.id))],
                [(phrase(language, "button-announcement-cancel"), CancelAnnouncement(announcement.id))],
            ]
        case "fanning out" | "done":
            return [[(phrase(language, "button-announcement-pause"), PauseAnnouncement(announcement.id))]]
        case _:
            return []


def is_over(announcement: Announcement, counts: Counts) -> bool:
    """Say whether nothing more will happen to it."""
    return announcement.state in ("done", "cancelled") and not counts.waiting


def reached(language: str, reach: Reach) -> str:
    """Say how many chats of each kind there are; there is one at least."""
    return in_a_row(language, [*_kinds(language, reach)])


def took(language: str, chats: int, rate: float) -> str:
    """Say how long it takes to send to so many chats."""
    seconds = max(1, round(chats / rate))
    return lasting(language, timedelta(seconds=seconds))


def language_name(language: str, base: str) -> str:
    """Say in *language* how the one with that tag is called; the tag itself if nobody knows, and nothing for none."""
    return str(Locale.parse(language, sep="-").languages.get(base, base))


def title_of(language: str, content: Content) -> str:
    """Give it a name: how it begins, or what it is if it says nothing."""
    first = content.text.strip().partition("\n")[0]
    if first:
        return shortened(first, _LONGEST_TITLE)
    return phrase(language, "announcement-picture" if content.method == "sendPhoto" else "announcement-file")


def _first_line(language: str, announcement: Announcement, counts: Counts, *, title: str, left: str) -> str:
    facts = {"title": title, "ended": counts.ended, "owed": counts.owed}
    if announcement.state == "cancelled":
        return phrase(language, "announcement-cancelled", **facts)
    if is_over(announcement, counts):
        return phrase(language, "announcement-over", **facts)
    if announcement.state == "paused":
        return phrase(language, "announcement-paused", **facts)
    return phrase(language, "announcement-under-way", **facts, time=left)


def _kinds(language: str, reach: Reach) -> Iterator[str]:
    numbers = {"reached-people": reach.people, "reached-groups": reach.groups, "reached-channels": reach.channels}
    for name, number in numbers.items():
        if number:
            yield phrase(language, name, count=number)
