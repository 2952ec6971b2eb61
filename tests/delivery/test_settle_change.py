"""What an edit becomes after each outcome, and what the answers to an edit mean."""

from datetime import timedelta

import pytest

from bot.delivery.changes import Add, Change, Changed, Remove, Rewrite, Task
from bot.delivery.outcome import (
    ChatGone,
    Done,
    Fixed,
    Flood,
    NotThere,
    OutcomeOfChange,
    Refused,
    Sent,
    Unreachable,
    Unsure,
    outcome_of_change,
)
from bot.delivery.settle import Again, Failed, Skipped, Step
from bot.delivery.settle_change import settle_change
from storage.model import Delivery, MadeOf, Message, Shown, SubscriberState
from tests.builders import MONDAY, a_delivery

NOW = MONDAY + timedelta(minutes=1)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
# Two messages of revision 1; revision 2 rewrites both and has a part more.
SHOWN = Shown(1, "sent", MONDAY, MadeOf(1, 1, "full", "en"), 2, 2, {0: Message(100, 1), 1: Message(101, 1)})
TASK = Task(SHOWN, {1: (b"one", b"two")}, (b"ONE", b"TWO", b"three"))
REWRITE, ADD, REMOVE = Rewrite(0, 100), Add(2), Remove(1, 101)


def became(change: Change, message_id: int | None, *, last: bool) -> Changed:
    return Changed(SHOWN, change, message_id, parts=3, last=last)


@pytest.mark.parametrize(
    ("delivery", "change", "outcome", "expected"),
    [
        pytest.param(a_delivery(), REWRITE, Done(), became(REWRITE, 100, last=False), id="rewritten"),
        pytest.param(a_delivery(), REWRITE, NotThere(), became(REWRITE, None, last=False), id="deleted by somebody"),
        pytest.param(a_delivery(), REWRITE, Fixed(), became(REWRITE, 100, last=False), id="cannot be rewritten"),
        pytest.param(a_delivery(), REWRITE, Unsure("?"), Again(NOW + SECOND, "?"), id="rewritten or not"),
        pytest.param(a_delivery(doubts=9), REMOVE, Unsure("?"), Again(NOW + SECOND, "?"), id="deleted or not"),
        pytest.param(a_delivery(), REWRITE, Unreachable("away"), Again(NOW + SECOND, "away"), id="out of reach"),
        pytest.param(
            a_delivery(),
            REWRITE,
            Flood(HOUR),
            Again(NOW + HOUR, "Telegram asks to wait for 3600 s", held=True),
            id="a flood",
        ),
        pytest.param(a_delivery(), REWRITE, ChatGone("no"), Skipped("no", SubscriberState.GONE), id="the chat is gone"),
        pytest.param(a_delivery(), REWRITE, Refused("bad"), Failed("Telegram refuses the text: bad"), id="refused"),
        pytest.param(a_delivery(), ADD, Sent(777), became(ADD, 777, last=False), id="added"),
        pytest.param(a_delivery(), ADD, Unsure("?"), Again(NOW + MINUTE, "?", doubt=True), id="added or not"),
        pytest.param(a_delivery(doubts=2), ADD, Unsure("?"), became(ADD, None, last=False), id="too often"),
    ],
)
def test_a_step(delivery: Delivery, change: Change, outcome: OutcomeOfChange, expected: Step | Changed) -> None:
    step = settle_change(delivery, TASK, change, outcome, now=NOW, lateness=timedelta(hours=24), resend=True)

    assert step == expected


def test_a_part_more_that_is_in_doubt_is_given_up_where_that_is_wished() -> None:
    step = settle_change(a_delivery(), TASK, ADD, Unsure("?"), now=NOW, lateness=None, resend=False)

    assert step == became(ADD, None, last=False)


def test_the_last_step_is_known_as_such() -> None:
    done = Shown(1, "sent", MONDAY, MadeOf(1, 1, "full", "en"), 2, 2, {0: Message(100, 2), 1: Message(101, 2)})
    task = Task(done, {2: TASK.after}, TASK.after)

    step = settle_change(a_delivery(), task, ADD, Sent(777), now=NOW, lateness=None, resend=True)

    assert step == Changed(done, ADD, 777, parts=3, last=True)


@pytest.mark.parametrize(
    ("description", "outcome"),
    [
        (
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
            Done(),
        ),
        ("Bad Request: message to edit not found", NotThere()),
        ("Bad Request: message to delete not found", NotThere()),
        ("Bad Request: MESSAGE_ID_INVALID", NotThere()),
        ("Bad Request: message can't be edited", Fixed()),
        ("Bad Request: message can't be deleted", Fixed()),
        ("Bad Request: message can't be deleted for everyone", Fixed()),
        ("Bad Request: can't parse entities: …", Refused("Bad Request: can't parse entities: …")),
    ],
)
def test_an_answer(description: str, outcome: OutcomeOfChange) -> None:
    assert outcome_of_change(400, {"ok": False, "description": description}) == outcome


@pytest.mark.parametrize("result", [True, {"message_id": 5}])
def test_what_was_done_is_done(result: object) -> None:
    assert outcome_of_change(200, {"ok": True, "result": result}) == Done()


def test_a_chat_that_is_gone_is_gone_for_edits_too() -> None:
    why = "Forbidden: bot was blocked by the user"

    assert outcome_of_change(403, {"ok": False, "description": why}) == ChatGone(why)
