"""What the bot tells people in private of its own accord: operators above all, each in their language.

What is to be told is kept over restarts. Where the database itself is the news, as on a full disk, it is told from
memory. Who is killed between telling and striking out tells twice.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import structlog

from bot.bell import Bell
from bot.bot_api import BotApi
from bot.clock import Clock
from bot.closing import with_title
from bot.delivery.outcome import Flood, Outcome, Sent, Unreachable, Unsure
from bot.delivery.pace import Pace
from bot.delivery.retry import wait_after_doubt, wait_before
from bot.delivery.send import send
from bot.endings import TokenRefused
from bot.messages.graphemes import shortened
from bot.messages.phrases import choose_language, phrase
from bot.named import with_name
from storage.database import Database, DatabaseUnusable
from storage.model import Address
from storage.notices import Notice, add_notice, drop_notice, next_notice, postpone_notice
from storage.subscribers import subscriber_at

log = structlog.get_logger()

# The longest sleep: what is written down elsewhere rings no bell.
_NAP = timedelta(seconds=2)
# The names of phrases that only operators are told begin so.
_FOR_OPERATORS = "operator-"
# What a phrase speaks of may be as long as it likes; Fluent takes no more than 2,500 characters of each, and a message
# 4,096 in all.
_LONGEST_FACT = 2_000
_LONGEST = 3_500


@dataclass(frozen=True, slots=True)
class Notices:
    """Tells what is to be told; *user_ids* are the operators."""

    user_ids: tuple[int, ...]
    database: Database
    bot_api: BotApi
    pace: Pace
    clock: Clock
    # Rung when there is something to tell.
    bell: Bell = field(default_factory=Bell)
    # What the database could not take.
    _unwritten: list[Notice] = field(default_factory=list)
    # What was told and is not struck out yet.
    _told: set[int] = field(default_factory=set)

    async def tell(self, name: str, /, *, buttons: Sequence[tuple[str, str]] = (), **facts: object) -> None:
        """Let each operator be told the phrase called *name*; it waits for Telegram, so that who tells need not.

        A button is the name of its phrase, and its callback data.
        """
        if not self.user_ids:
            return
        now = self.clock.now()
        try:
            async with self.database.transaction() as tx:
                for user_id in self.user_ids:
                    await add_notice(tx, user_id, name, facts, buttons, now=now)
        except DatabaseUnusable:
            self._unwritten.extend(Notice(0, user_id, name, facts, tuple(buttons), now) for user_id in self.user_ids)
        self.bell.ring()

    async def keep_telling(self) -> None:
        """Say what is to be told until cancelled; who cannot be told is named in the log."""
        while True:
            try:
                more = await self._tell_one()
            except TokenRefused:
                raise
            except Exception:
                log.exception("notice_failed")
                more = False
            if not more:
                await self.bell.heard(_NAP)

    async def _tell_one(self) -> bool:
        await self._forget()
        notice = await self._next()
        if notice is None:
            return False
        if notice.phrase.startswith(_FOR_OPERATORS) and notice.user_id not in self.user_ids:
            log.info("notice_dropped", person=notice.user_id, told=notice.phrase, reason="no operator any more")
            self._strike_out(notice)
        else:
            await self._settle(notice, await self._say(notice))
        return True

    async def _next(self) -> Notice | None:
        now = self.clock.now()
        for notice in self._unwritten:
            if notice.try_at <= now:
                return notice
        try:
            async with self.database.snapshot() as tx:
                return await next_notice(tx, now=now, except_ids=self._told)
        except DatabaseUnusable as error:
            log.error("notices_not_readable", reason=str(error), remedy="they are told when they are")
            return None

    async def _say(self, notice: Notice) -> Outcome:
        facts = await with_name(self.bot_api, await with_title(self.bot_api, notice.facts))
        notice = replace(notice, facts=facts)
        body = _body(notice, await self._language(notice.user_id))
        await self.pace.reply(notice.user_id)
        return await send(self.bot_api, Address(notice.user_id), body)

    async def _language(self, user_id: int) -> str:
        try:
            async with self.database.snapshot() as tx:
                subscriber = await subscriber_at(tx, Address(user_id))
        except DatabaseUnusable:
            subscriber = None
        return choose_language(subscriber.preferences.language if subscriber else None)

    async def _settle(self, notice: Notice, outcome: Outcome) -> None:
        wait = wait_after(outcome, notice.attempts + 1)
        if wait is not None:
            await self._postpone(notice, wait)
            return
        if not isinstance(outcome, Sent):
            log.warning("notice_not_told", person=notice.user_id, told=notice.phrase, reason=str(outcome))
        self._strike_out(notice)

    async def _postpone(self, notice: Notice, wait: timedelta) -> None:
        try_at = self.clock.now() + wait
        if notice in self._unwritten:
            self._unwritten.remove(notice)
            self._unwritten.append(replace(notice, try_at=try_at, attempts=notice.attempts + 1))
            return
        try:
            async with self.database.transaction() as tx:
                await postpone_notice(tx, notice.id, try_at=try_at)
        except DatabaseUnusable:
            self._told.add(notice.id)
            self._unwritten.append(replace(notice, id=0, try_at=try_at, attempts=notice.attempts + 1))

    def _strike_out(self, notice: Notice) -> None:
        if notice in self._unwritten:
            self._unwritten.remove(notice)
        else:
            self._told.add(notice.id)

    async def _forget(self) -> None:
        if not self._told:
            return
        with suppress(DatabaseUnusable):
            async with self.database.transaction() as tx:
                for id_ in self._told:
                    await drop_notice(tx, id_)
            self._told.clear()


def wait_after(outcome: Outcome, attempts: int) -> timedelta | None:
    """Tell how long a notice that was tried so often waits for another try; None: that was the last."""
    match outcome:
        case Unreachable():
            return wait_before(attempts + 1)
        case Flood(wait):
            return wait
        case Unsure():
            return wait_after_doubt(attempts)
        case _:
            return None


def _body(notice: Notice, language: str) -> bytes:
    text, labels = notice.phrase, [label for label, _ in notice.buttons]
    # Written by another version, it may have a name that this one does not know; it is still better told.
    with suppress(KeyError):
        text = phrase(language, notice.phrase, **{name: _cut(fact) for name, fact in notice.facts.items()})
        labels = [phrase(language, label) for label in labels]
    rows = [[{"text": label, "callback_data": data}] for label, (_, data) in zip(labels, notice.buttons, strict=True)]
    body: dict[str, object] = {"text": shortened(text, _LONGEST), "link_preview_options": {"is_disabled": True}}
    if notice.facts.get("silent"):
        body["disable_notification"] = True
    return json.dumps(body | ({"reply_markup": {"inline_keyboard": rows}} if rows else {})).encode()


def _cut(fact: object) -> object:
    return shortened(fact, _LONGEST_FACT) if isinstance(fact, str) else fact
