"""What is to be changed in a chat: decided without asking anybody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.changes import Add, Change, Doom, Remove, Rewrite, Task, made, next_change, why_not_edited
from storage.model import MadeOf, Message, Shown, SubscriberState
from tests.builders import MONDAY, a_subscriber

OLD = (b"one", b"two", b"three")


def shown(parts: int = 3, *, of: dict[int, int] | None = None, present: int = 2) -> Shown:
    """What a chat shows; *of* names the revision of the part that each message carries."""
    of = dict.fromkeys(range(parts), 1) if of is None else of
    return Shown(
        delivery_id=1,
        state="sent",
        finished_at=MONDAY,
        made_of=MadeOf(1, 1, "full", "en"),
        revision=present,
        parts=parts,
        messages={part: Message(100 + part, revision) for part, revision in of.items()},
    )


def walk(chat: Shown, *after: bytes, before: dict[int, tuple[bytes, ...]] | None = None) -> list[Change]:
    """Each change that the chat needs, one after the other."""
    task, seen = Task(chat, before or {1: OLD}, after), list[Change]()
    while (change := next_change(task)) is not None:
        seen.append(change)
        message_id = 999 if isinstance(change, Add) else change.message_id
        step = made(task, change, message_id=message_id)
        task = after_step(task, change, message_id)
        assert step.last == (next_change(task) is None)
    return seen


def after_step(task: Task, change: Change, message_id: int | None) -> Task:
    """What is to be done when *change* is written down, and read again."""
    messages, parts = dict(task.shown.messages), task.shown.parts
    match change:
        case Doom(part):
            messages[part] = replace(messages[part], revision=0)
        case Remove(part):
            del messages[part]
            parts = part
        case Add(part) | Rewrite(part):
            messages.pop(part, None)
            if message_id is not None:
                messages[part] = Message(message_id, task.shown.revision)
            parts = part + 1 if isinstance(change, Add) else parts
    return replace(task, shown=replace(task.shown, messages=messages, parts=parts))


def test_only_the_parts_that_say_something_else_are_rewritten() -> None:
    assert walk(shown(), b"one", b"TWO", b"three") == [Rewrite(1, 101)]


def test_what_says_the_same_needs_nothing() -> None:
    assert walk(shown(), *OLD) == []


def test_a_part_more_is_added_behind_those_that_are_rewritten() -> None:
    assert walk(shown(), b"ONE", b"two", b"three", b"four", b"five") == [Rewrite(0, 100), Add(3), Add(4)]


def test_parts_too_many_are_removed_from_the_end_and_each_is_noted_before() -> None:
    assert walk(shown(), b"ONE") == [Rewrite(0, 100), Doom(2, 102), Remove(2, 102), Doom(1, 101), Remove(1, 101)]


def test_a_part_that_comes_back_while_its_message_is_deleted_is_rewritten_or_sent_anew() -> None:
    # Whether Telegram deleted the third message is not known.
    doubtful = Task(shown(of={0: 1, 1: 1, 2: 0}), {1: OLD}, OLD)

    change = next_change(doubtful)

    assert change == Rewrite(2, 102)
    assert made(doubtful, change, message_id=102).last
    assert not made(doubtful, change, message_id=None).last
    gone = replace(doubtful, shown=replace(doubtful.shown, messages={0: Message(100, 1), 1: Message(101, 1)}, parts=2))
    assert walk(gone.shown, *OLD)[-1] == Add(2)


def test_a_part_that_may_have_arrived_is_left_alone_and_so_is_one_that_somebody_deleted() -> None:
    assert walk(shown(of={0: 1, 2: 1}), b"ONE", b"TWO", b"THREE") == [Rewrite(0, 100), Rewrite(2, 102)]


def test_a_part_that_may_have_arrived_and_is_no_more_leaves_no_gap() -> None:
    half = shown(of={0: 1, 1: 1})

    assert walk(half, b"one", b"two") == []
    assert walk(half, b"one") == [Doom(1, 101), Remove(1, 101)]


def test_what_changes_again_half_way_goes_on_to_what_is_said_last() -> None:
    # The first message shows revision 2 already; of revision 3 it says what it said in 1.
    half = shown(of={0: 2, 1: 1, 2: 1}, present=3)

    assert walk(half, *OLD, before={1: OLD, 2: (b"ONE", b"TWO", b"three")}) == [Rewrite(0, 100)]


def test_what_an_older_version_laid_out_otherwise_is_rewritten() -> None:
    all_of_it = [Rewrite(0, 100), Rewrite(1, 101), Rewrite(2, 102)]

    assert walk(shown(), *OLD, before={1: OLD[:2]}) == all_of_it
    assert walk(shown(), *OLD, b"four", before={1: (*OLD, b"four")}) == [*all_of_it, Add(3)]


def test_a_message_that_is_gone_is_not_asked_for_again() -> None:
    task = Task(shown(), {1: OLD}, (b"ONE", b"TWO", b"three"))
    first = next_change(task)

    assert first == Rewrite(0, 100)
    assert next_change(after_step(task, first, None)) == Rewrite(1, 101)


@pytest.mark.parametrize("state", [SubscriberState.PAUSED, SubscriberState.GONE, SubscriberState.STOPPED])
def test_who_receives_nothing_has_nothing_edited(state: SubscriberState) -> None:
    why = why_not_edited(a_subscriber(state=state), shown(), now=MONDAY, limit=timedelta(hours=1))

    assert why == f"the subscriber is {state}"


def test_what_was_not_sent_or_is_known_no_more_is_not_edited() -> None:
    for chat in (None, replace(shown(), state="failed"), replace(shown(), state="waiting", finished_at=None)):
        assert why_not_edited(a_subscriber(), chat, now=MONDAY, limit=timedelta(hours=1)) == "the digest was not sent"
    assert (
        why_not_edited(a_subscriber(), shown(of={}), now=MONDAY, limit=timedelta(hours=1))
        == "no message of the digest is known"
    )


def test_an_edit_comes_within_its_time_or_not_at_all() -> None:
    hour, second = timedelta(hours=1), timedelta(seconds=1)

    assert why_not_edited(a_subscriber(), shown(), now=MONDAY + hour, limit=hour) is None
    for now, limit in ((MONDAY + hour + second, hour), (MONDAY, None)):
        why = why_not_edited(a_subscriber(), shown(), now=now, limit=limit)
        assert why == "the digest was sent too long ago (DIGEST_BOT_EDIT_HOURS)"
