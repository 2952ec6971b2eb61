"""The worker that tells operators how far their announcements are, in the message in which they began them.

Of what somebody began who is no operator any more, all who are one are told how it ended.

What it shows is counted anew each time, and an announcement is over only when its report was written: so whatever is
killed in between is told at the next start.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.bot_api import BotApi
from bot.clock import Clock
from bot.delivery.outcome import Done, Flood, NotThere, OutcomeOfChange, Sent, Unreachable, Unsure
from bot.delivery.pace import Pace
from bot.delivery.send import rewrite, send
from bot.endings import TokenRefused
from bot.messages.announced import Row, buttons, is_over, report, title_of
from bot.messages.phrases import choose_language
from bot.messages.taps import write
from storage.announced_counts import count_later, counts
from storage.announcements import end, note_report, under_way
from storage.database import Database, DatabaseUnusable
from storage.model import Address, Announcement, Counts
from storage.notices import add_notice
from storage.subscribers import subscriber_at

log = structlog.get_logger()

# How often a message may change without being a nuisance to Telegram, which counts edits as messages.
_EVERY = timedelta(seconds=3)
# What is over sooner than that is looked at again sooner.
_A_MOMENT = timedelta(seconds=1)
# A title that begins as the text does is the same in every language.
_ANY = "en"
# To count a hundred thousand takes a tenth of a second: it is not done for more than this part of the time.
_BREATHER = 20


@dataclass(frozen=True, slots=True)
class Announcing:
    """What telling needs; *operators* are named by user id, and *rate* is how many messages go out in a second."""

    operators: tuple[int, ...]
    database: Database
    bot_api: BotApi
    pace: Pace
    clock: Clock
    rate: float
    # By announcement, what its message says.
    _said: dict[int, bytes] = field(default_factory=dict)

    async def keep_telling(self) -> None:
        """Tell again and again; may be cancelled anywhere."""
        while True:
            begun, wait = self.clock.monotonic(), _EVERY
            try:
                wait = await self.tell_once()
            except DatabaseUnusable as error:
                log.error("announcements_not_told", reason=str(error), remedy="they are when the database can be used")
            except TokenRefused:
                raise
            except Exception:
                log.exception("announcements_not_told")
            took = timedelta(seconds=self.clock.monotonic() - begun)
            await self.clock.sleep(max(wait, _BREATHER * took))

    async def tell_once(self) -> timedelta:
        """Say once how far each announcement is, and end those of which all is said; tell when to look again."""
        async with self.database.snapshot() as tx:
            begun = await under_way(tx)
        left = [await self._tell(announcement) for announcement in begun]
        soon = any(0 < waiting <= self.rate * _EVERY.total_seconds() for waiting in left)
        return _A_MOMENT if soon else _EVERY

    async def _tell(self, announcement: Announcement) -> int:
        """Give how many wait to be sent it now."""
        now = self.clock.now()
        async with self.database.snapshot() as tx:
            numbers = await counts(tx, announcement.id)
            later = await count_later(tx, announcement.id, now=now)
        over = is_over(announcement, numbers)
        if announcement.made_by in self.operators:
            language = await self._language(announcement.made_by)
            text = report(language, announcement, numbers, later=later, rate=self.rate)
            body = _body(text, buttons(language, announcement, numbers))
            over &= await self._is_said(announcement, announcement.made_by, body, over=over)
        if over:
            await self._end(announcement, numbers)
        return numbers.waiting - later

    async def _is_said(self, announcement: Announcement, user_id: int, body: bytes, *, over: bool) -> bool:
        """Let the operator's message say so; False: that has to be tried again."""
        if self._said.get(announcement.id) == body:
            return True
        if self.pace.rest_of(user_id) > _EVERY:
            return False
        message_id = announcement.report_message_id
        outcome: OutcomeOfChange = NotThere()
        if message_id is not None:
            await self.pace.reply(user_id)
            outcome = await rewrite(self.bot_api, user_id, message_id, body)
        # Somebody deleted it, or there never was one: only how it ended is worth another.
        if over and not isinstance(outcome, Done | Flood | Unreachable | Unsure):
            await self.pace.reply(user_id)
            outcome = await send(self.bot_api, Address(user_id), body)
        match outcome:
            case Flood(wait):
                self.pace.rest(user_id, wait)
                return False
            case Unreachable() | Unsure():
                return False
            case Done() | Sent():
                self._said[announcement.id] = body
            case _:
                log.info("announcement_not_shown", announcement=announcement.id, operator=user_id, reason=str(outcome))
                async with self.database.transaction() as tx:
                    await note_report(tx, announcement.id, None)
        return True

    async def _end(self, announcement: Announcement, numbers: Counts) -> None:
        now = self.clock.now()
        async with self.database.transaction() as tx:
            await end(tx, announcement.id, now=now)
            for user_id in self.operators if self._is_orphan(announcement) else ():
                await add_notice(tx, user_id, "operator-announcement-over", _facts(announcement, numbers), now=now)
        self._said.pop(announcement.id, None)
        log.info("announcement_ended", announcement=announcement.id, owed=numbers.owed, **_ends(numbers))

    def _is_orphan(self, announcement: Announcement) -> bool:
        """Say whether it was begun in a chat, by somebody who is no operator any more, or had themselves forgotten."""
        is_of_chat = announcement.made_by is not None or announcement.report_message_id is not None
        return is_of_chat and announcement.made_by not in self.operators

    async def _language(self, user_id: int) -> str:
        async with self.database.snapshot() as tx:
            subscriber = await subscriber_at(tx, Address(user_id))
        return choose_language(subscriber.preferences.language if subscriber else None)


def _facts(announcement: Announcement, numbers: Counts) -> dict[str, object]:
    content = announcement.content
    # What says nothing is called what it is, by each operator in their language.
    what = "text" if content.text.strip() else content.method
    title = title_of(_ANY, content) if what == "text" else ""
    return {"what": what, "title": title, "state": announcement.state, "owed": numbers.owed, **_ends(numbers)}


def _ends(numbers: Counts) -> dict[str, int]:
    return {"sent": numbers.sent, "gone": numbers.gone, "failed": numbers.failed, "skipped": numbers.skipped}


def _body(text: str, rows: list[Row]) -> bytes:
    keyboard = [[{"text": label, "callback_data": write(tap)} for label, tap in row] for row in rows]
    return json.dumps(
        {"text": text, "link_preview_options": {"is_disabled": True}, "reply_markup": {"inline_keyboard": keyboard}},
        ensure_ascii=False,
    ).encode()
