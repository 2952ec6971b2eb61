"""Long polling: each update is decoded alone, handled beside those of other chats, and confirmed when handled.

python-telegram-bot's Updater confirms what it has only queued, and polls for ever for one update that it cannot decode.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.clock import Clock
from bot.endings import AnotherCopyRuns, TokenRefused
from bot.lanes import Lanes
from bot.patience import Patience
from bot.updates import decode
from bot.window import Window

_LONG_POLL = timedelta(seconds=30)
# An answer may come this late before the connection counts as dead.
_GRACE = timedelta(seconds=10)
# While an update is in progress Telegram answers at once, so it is asked only so often for what came after; and asked
# again within half a second for the same offset it tells one update (Bot API server, process_get_updates_query).
_MOVED_ON = timedelta(milliseconds=100)
_STANDS_STILL = timedelta(milliseconds=600)
# A server that does not wait, against what it was asked, is given its rest all the same.
_LEAST_WAIT = timedelta(seconds=1)
# The newcomer's poll waits while the older copy's is ended, so within it a conflict means that we came second.
_NEWCOMER = timedelta(seconds=30)
_AFTER_CONFLICT = timedelta(seconds=5)
_CONFLICT_REMINDER = timedelta(hours=1)
# So long without a conflict, and the other copy is gone.
_CONFLICT_OVER = timedelta(minutes=5)
_LAST_WORK = timedelta(seconds=8)
_LAST_WORD = timedelta(seconds=2)

_Result = TypeVar("_Result")
_log = structlog.get_logger()


async def until_reachable(telegram_bot: Bot, *, clock: Clock, stopping: asyncio.Event) -> bool:
    """Initialize *telegram_bot* however long Telegram is away; False: told to stop before. May raise TokenRefused."""
    accepted = await _unless(stopping, _initialize(telegram_bot, Patience(clock)))
    if accepted is False:
        raise TokenRefused
    return accepted is True


async def _initialize(telegram_bot: Bot, patience: Patience) -> bool:
    while True:
        try:
            await telegram_bot.initialize()
        # Not to be repeated anywhere: its text contains the token.
        except InvalidToken:
            return False
        except TelegramError as error:
            await _wait_after(error, patience)
        else:
            patience.reached()
            return True


class Poller:
    """Receives updates and hands each to *handle*; one is confirmed only after that, so that a crash never loses it.

    *request* serves getUpdates alone: a long poll must not take a connection from the others. *on_conflict* is awaited,
    at most once an hour, when another copy takes our updates, and *on_conflict_over* once that has stopped; they may
    send messages.
    """

    def __init__(
        self,
        telegram_bot: Bot,
        request: BaseRequest,
        handle: Callable[[Update], Awaitable[None]],
        *,
        allowed_updates: Sequence[str],
        clock: Clock,
        on_conflict: Callable[[], Awaitable[None]] | None = None,
        on_conflict_over: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._bot = telegram_bot
        self._request = request
        self._handle = handle
        self._allowed_updates = json.dumps(list(allowed_updates))
        self._clock = clock
        self._on_conflict = on_conflict
        self._on_conflict_over = on_conflict_over
        self._window = Window()
        self._patience = Patience(clock)
        self._moved = asyncio.Event()
        # None: nothing was asked yet, or nothing ever received.
        self._asked_for: int | None = None
        # None: Telegram has not answered yet.
        self._polling_since: float | None = None
        # None: there was no conflict, or it is over.
        self._conflict_told_at: float | None = None
        self._last_conflict_at = 0.0
        self._webhook_deleted = False

    async def run(self, stopping: asyncio.Event) -> None:
        """Poll until *stopping*, then finish what is in progress. Raises TokenRefused and AnotherCopyRuns as such."""
        async with asyncio.TaskGroup() as tasks:
            lanes = Lanes(tasks, self._handle, self._mark_handled)
            ended = await _unless(stopping, self._poll(lanes))
            await lanes.close(within=_LAST_WORK)
        if ended:
            raise ended
        await self._confirm()

    async def _poll(self, lanes: Lanes) -> TokenRefused | AnotherCopyRuns:
        while True:
            asked_at, was_idle = self._clock.monotonic(), not self._window.pending
            try:
                updates = await self._get_updates()
            except InvalidToken:
                return TokenRefused()
            except Conflict as conflict:
                if not await self._settled(conflict, asked_at):
                    return AnotherCopyRuns()
                continue
            except TelegramError as error:
                await _wait_after(error, self._patience)
                continue
            self._patience.reached()
            await self._tell_if_over()
            if self._polling_since is None:
                self._polling_since = asked_at
            if not self._take(updates, lanes) and was_idle:
                await self._clock.sleep(_LEAST_WAIT - self._since(asked_at))
            await self._wait_while_pending(asked_at)

    async def _get_updates(self) -> list[Any]:
        """Ask for the updates as JSON, beginning with the first that is not handled."""
        self._asked_for = self._window.next_offset()
        return await self._ask(_LONG_POLL, allowed_updates=self._allowed_updates)

    async def _ask(self, wait: timedelta, **more: object) -> list[Any]:
        asked = {"offset": self._asked_for or 0, "timeout": int(wait.total_seconds()), **more}
        # In the query string, since python-telegram-bot's own form of a request's data is not meant for others.
        answer = await self._request.post(
            f"{self._bot.base_url}/getUpdates?{urlencode(asked)}", read_timeout=(wait + _GRACE).total_seconds()
        )
        return answer if isinstance(answer, list) else []

    def _take(self, updates: list[Any], lanes: Lanes) -> bool:
        """Hand on what is new; whether anything was."""
        by_id = {raw["update_id"]: raw for raw in updates if isinstance(raw, dict) and "update_id" in raw}
        new = self._window.admit(by_id)
        for update_id in new:
            update = decode(by_id[update_id], self._bot)
            if update:
                lanes.add(update)
            else:
                self._window.mark_handled(update_id)
        return bool(new)

    def _mark_handled(self, update: Update) -> None:
        self._window.mark_handled(update.update_id)
        self._moved.set()

    async def _wait_while_pending(self, asked_at: float) -> None:
        """Wait for the moment when to ask again is of use; at once when nothing is in progress."""
        while self._window.pending:
            least = _STANDS_STILL if self._window.offset == self._asked_for else _MOVED_ON
            left = (least - self._since(asked_at)).total_seconds()
            if left <= 0:
                return
            self._moved.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._moved.wait()

    async def _settled(self, conflict: Conflict, asked_at: float) -> bool:
        """Do what a 409 asks for; False: the other copy was first, and we must go."""
        if "webhook" in conflict.message.lower() and not self._webhook_deleted:
            await self._delete_webhook()
            return True
        now = self._clock.monotonic()
        if now - (asked_at if self._polling_since is None else self._polling_since) < _NEWCOMER.total_seconds():
            return False
        self._last_conflict_at = now
        if self._conflict_told_at is None or now - self._conflict_told_at >= _CONFLICT_REMINDER.total_seconds():
            self._conflict_told_at = now
            _log.error("another bot uses this token and takes updates; stop it", reason=conflict.message)
            await _told(self._on_conflict)
        await self._clock.sleep(_AFTER_CONFLICT)
        return True

    async def _delete_webhook(self) -> None:
        try:
            await self._bot.delete_webhook()
        except TelegramError as error:
            await _wait_after(error, self._patience)
            return
        self._webhook_deleted = True
        _log.warning("deleted the webhook of this bot, as updates are polled for")

    async def _tell_if_over(self) -> None:
        # While two copies ask in turn, each is answered now and then.
        if self._conflict_told_at is None or self._since(self._last_conflict_at) < _CONFLICT_OVER:
            return
        self._conflict_told_at = None
        _log.info("no other bot takes updates any more")
        await _told(self._on_conflict_over)

    async def _confirm(self) -> None:
        """Tell Telegram what was handled since the last question, so that the next start does not get it again."""
        offset = self._window.next_offset()
        if offset == self._asked_for:
            return
        self._asked_for = offset
        try:
            async with asyncio.timeout(_LAST_WORD.total_seconds()):
                await self._ask(timedelta(0), limit=1)
        except (TelegramError, TimeoutError) as error:
            _log.warning("could not confirm the last updates, they will come again", reason=str(error))

    def _since(self, moment: float) -> timedelta:
        return timedelta(seconds=self._clock.monotonic() - moment)


async def _told(tell: Callable[[], Awaitable[None]] | None) -> None:
    if tell is None:
        return
    try:
        await tell()
    # To poll on matters more.
    except Exception:  # noqa: BLE001
        _log.exception("failed to tell of the conflict")


async def _wait_after(error: TelegramError, patience: Patience) -> None:
    await patience.wait_after(str(error), at_least=_asked_wait(error))


def _asked_wait(error: TelegramError) -> timedelta:
    if not isinstance(error, RetryAfter):
        return timedelta(0)
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


async def _unless(stopping: asyncio.Event, work: Coroutine[Any, Any, _Result]) -> _Result | None:
    """Await *work*, but break it off when told to stop: then None."""
    async with asyncio.TaskGroup() as tasks:
        working, stop = tasks.create_task(work), tasks.create_task(stopping.wait())
        await asyncio.wait((working, stop), return_when=asyncio.FIRST_COMPLETED)
        finished = working.done()
        working.cancel()
        stop.cancel()
    return working.result() if finished else None
