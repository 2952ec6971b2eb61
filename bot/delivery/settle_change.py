"""What an edit becomes after an outcome: pure."""

from datetime import datetime, timedelta

from bot.delivery.changes import Add, Change, Changed, Task, made
from bot.delivery.outcome import Done, Fixed, NotThere, OutcomeOfChange, Sent, Unsure
from bot.delivery.settle import PartGivenUp, Step, settle, try_again
from storage.model import Delivery


def settle_change(
    delivery: Delivery,
    task: Task,
    change: Change,
    outcome: OutcomeOfChange,
    *,
    now: datetime,
    lateness: timedelta | None,
    resend: bool,
) -> Step | Changed:
    """Decide what becomes of the edit *delivery*; a new part that is in doubt is sent again if *resend*.

    What else is in doubt is asked for again, which does no harm: nobody sees the same change twice.
    """
    match outcome:
        case Sent(message_id):
            return made(task, change, message_id=message_id)
        # A message that stays as it is would refuse the next change too, and is asked when that comes.
        case Done() | Fixed():
            return made(task, change, message_id=None if isinstance(change, Add) else change.message_id)
        case NotThere():
            return made(task, change, message_id=None)
        case Unsure(why) if not isinstance(change, Add):
            return try_again(delivery, why, now=now, lateness=lateness)
        case _:
            step = settle(delivery, outcome, parts=len(task.after), now=now, lateness=lateness, resend=resend)
            return made(task, change, message_id=None) if isinstance(step, PartGivenUp) else step
