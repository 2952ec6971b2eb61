"""What is said in place of a roundup that has nothing, to those who asked to be told."""

from datetime import datetime

from storage.database import Transaction
from storage.model import Schedule, Subscriber, SubscriberState
from storage.notices import add_notice
from storage.roundups import anything_waits
from storage.schedules import Due


async def say_nothing_came(tx: Transaction, to: Due | Subscriber, schedule: Schedule, *, now: datetime) -> None:
    """Let *to*, whose roundup is empty, be told so if that is wanted; a person alone can have asked for that.

    Not while anything waits for them, which came and is on its way: it may be an operator who paused, or Telegram.
    """
    is_theirs = to.type == "private" and to.state is SubscriberState.ACTIVE
    if not (schedule.tell_nothing and schedule.cadence != "at once" and is_theirs):
        return
    if not await anything_waits(tx, to.subscriber_id if isinstance(to, Due) else to.id):
        await add_notice(tx, to.address.chat_id, "nothing-came", {}, now=now)
