"""What is to be changed in a chat so that it shows what a digest says now: pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from storage.model import ALL, Message, Selection, Shown, Subscriber, SubscriberState


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The message of this part is to say something else."""

    part: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Add:
    """There is a part more, which no message carries."""

    part: int


@dataclass(frozen=True, slots=True)
class Doom:
    """There is no such part any more, and its message is to be deleted.

    That is noted first: once it was asked for, nobody may know whether the message is there, should the part come back.
    """

    part: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Remove:
    """The message of this part, which is doomed, is to be deleted."""

    part: int
    message_id: int


Change = Rewrite | Add | Doom | Remove
_DOOMED = 0


@dataclass(frozen=True, slots=True)
class Task:
    """What a chat shows, and what it should."""

    shown: Shown
    # The parts of each revision that some message of it shows.
    before: Mapping[int, Sequence[bytes]]
    # Those of the present one.
    after: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Changed:
    """*change* is made to what was *shown*, and the part's message is *message_id*; None: none is known of it.

    *last*: the chat shows what the digest says now, in so many *parts*.
    """

    shown: Shown
    change: Change
    message_id: int | None
    parts: int
    last: bool


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The chat was *shown* what the digest says now, in so many *parts*, already."""

    shown: Shown
    parts: int


def next_change(task: Task) -> Change | None:
    """Give the first change that the chat needs; None: it shows what it should.

    A part that may or may not have arrived is left alone, as it was when that was decided.
    """
    shown, after = task.shown, task.after
    for part, message in sorted(shown.messages.items()):
        if part < len(after) and message.revision != shown.revision and _old(task, part, message) != after[part]:
            return Rewrite(part, message.id)
    if shown.parts < len(after):
        return Add(shown.parts)
    # From the end, so that what is left is always a beginning.
    last = max(shown.messages, default=-1)
    if last < len(after):
        return None
    message = shown.messages[last]
    return Remove(last, message.id) if message.revision == _DOOMED else Doom(last, message.id)


def ends_before(shown: Shown, change: Change, *, message_id: int | None) -> bool:
    """Say whether what was *shown* has no such part after the change, and none behind it.

    One that was to be deleted, and is to be there after all, was deleted if its message cannot be found.
    """
    match change:
        case Remove():
            return True
        case Rewrite(part):
            return message_id is None and shown.messages[part].revision == _DOOMED
        case _:
            return False


def _old(task: Task, part: int, message: Message) -> bytes | None:
    """Give what the message shows; None: it was laid out otherwise then, by another version or with other settings."""
    shown, parts = task.shown, task.before.get(message.revision, ())
    same = [other for other, each in shown.messages.items() if each.revision == message.revision]
    # Parts are added and removed last, so that what was not rewritten until then was found to be right.
    otherwise = max(same) >= len(parts) or shown.parts < min(len(parts), len(task.after))
    return None if otherwise else parts[part]


def made(task: Task, change: Change, *, message_id: int | None) -> Changed:
    """Give what comes of *change*, *message_id* being the part's message since then; None: none is known of it."""
    after = replace(task, shown=_changed(task.shown, change, message_id))
    return Changed(task.shown, change, message_id, parts=len(task.after), last=next_change(after) is None)


def _changed(shown: Shown, change: Change, message_id: int | None) -> Shown:
    rest = {part: message for part, message in shown.messages.items() if part != change.part}
    if ends_before(shown, change, message_id=message_id):
        return replace(shown, messages=rest, parts=change.part)
    revision = _DOOMED if isinstance(change, Doom) else shown.revision
    there = {} if message_id is None else {change.part: Message(message_id, revision)}
    parts = change.part + 1 if isinstance(change, Add) else shown.parts
    return replace(shown, messages=rest | there, parts=parts)


def why_not_edited(
    subscriber: Subscriber,
    shown: Shown | None,
    *,
    selection: Selection = ALL,
    now: datetime,
    limit: timedelta | None,
) -> str | None:
    """Say why what the chat was sent is not to be changed; None: it is. *limit*: how long after (None: never)."""
    if subscriber.state is not SubscriberState.ACTIVE:
        return f"the subscriber is {subscriber.state}"
    if shown is None or shown.finished_at is None or shown.state != "sent":
        return "the digest was not sent"
    if not shown.messages:
        return "no message of the digest is known"
    if limit is None or now - shown.finished_at > limit:
        return "the digest was sent too long ago (DIGEST_BOT_EDIT_HOURS)"
    if selection.items == ():
        return "nothing of what the digest says now is wanted"
    return None
