"""What delivering needs, and how Telegram is asked with it: whatever it answers, the pace is told."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.alarm import Alarm
from bot.bell import Bell
from bot.bot_api import BotApi
from bot.clock import Clock
from bot.delivery.announcements import Announcements
from bot.delivery.outcome import Flood, Refused, Unreachable, Unsure
from bot.delivery.pace import Pace
from bot.delivery.record import Recorder
from bot.delivery.selecting import Selector
from bot.delivery.views import Look, Views
from bot.delivery.write_down import Result
from storage.database import Database
from storage.model import Delivery, MadeOf
from storage.rests import EVERY_CHAT

log = structlog.get_logger()

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Courier:
    """What delivering needs."""

    database: Database
    bot_api: BotApi
    pace: Pace
    clock: Clock
    views: Views
    recorder: Recorder[Result]
    # Rung when something may be due.
    bell: Bell
    # Tell operators that nothing can be written down, and that Telegram has had enough of the bot.
    disk: Alarm
    flood: Alarm
    # So many calls may be under way at once, each to another chat.
    in_flight: int
    # What was not sent when it is this late is given up; None: never.
    lateness: timedelta | None
    # Whether a part of which nobody can know if it arrived is sent again, or given up.
    resend: bool = True
    # How long after it was sent a digest that changes is edited; None: never.
    edit_limit: timedelta | None = None
    # Decides what of a digest is shown, within claims.
    selector: Selector = field(default_factory=Selector)
    announcements: Announcements = field(default_factory=Announcements)

    def patience(self) -> timedelta | None:
        """Say how late is too late now: what Telegram kept all from makes none of it later. None: nothing is."""
        return self.lateness and self.lateness + self.pace.held_within(self.lateness)


async def ask(
    courier: Courier,
    delivery: Delivery,
    made_of: MadeOf,
    *,
    part: int,
    body: bytes,
    call: Callable[[bytes], Awaitable[Answer]],
) -> tuple[Answer, Mapping[int, datetime]]:
    """Give what Telegram answers to *call*, and until when which chats rest for it.

    If it refuses *body*, it is asked once more, with the *part* of what is made of *made_of* as plain text.
    """
    chat_id = delivery.subscriber.address.chat_id
    courier.pace.count(chat_id)
    outcome = await call(body)
    if isinstance(outcome, Refused):
        log.error("refused", delivery=delivery.id, digest=delivery.digest_id, reason=outcome.why, remedy="sent plain")
        courier.pace.count(chat_id)
        outcome = await call(await courier.views.plain(made_of, Look.of(delivery.subscriber), part))
    return outcome, heed(courier, chat_id, outcome)


def heed(courier: Courier, chat_id: int, outcome: object) -> Mapping[int, datetime]:
    """Tell the pace what became of a call, and give until when which chats rest for it."""
    match outcome:
        case Unreachable(answered=True):
            courier.pace.failed()
        case Unreachable():
            courier.pace.lost()
        case Flood(wait):
            now = courier.clock.now()
            everyone = courier.pace.rest(chat_id, wait)
            return {chat_id: now + wait} | ({EVERY_CHAT: now + courier.pace.rest_of_all()} if everyone else {})
        case Unsure():
            # Neither an answer nor a loss.
            pass
        case _:
            courier.pace.reached()
    return {}
