"""How far a broadcast is said to be."""

from structlog.testing import capture_logs

from bot.delivery.progress import Progress
from bot.delivery.settle import Again, Complete, PartSent
from bot.delivery.write_down import Result
from tests.builders import MONDAY, a_delivery


def test_what_arrived_is_told_once_and_what_only_ended_too() -> None:
    progress = Progress()
    for step in (PartSent(1, last=False), PartSent(2, last=True), Again(MONDAY, "away")):
        progress.note(Result(a_delivery(), step, MONDAY))
    with capture_logs() as told:
        progress.tell()
        progress.tell()
    progress.note(Result(a_delivery(), Complete(1), MONDAY))
    with capture_logs() as ended:
        progress.tell()

    event = {"event": "delivered", "log_level": "info", "digest": 1}
    assert told == [event | {"chats": 1, "messages": 2}]
    assert ended == [event | {"chats": 1, "messages": 0}]
