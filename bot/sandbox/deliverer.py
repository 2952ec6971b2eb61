"""Sends updates to the bot's webhook, as WebhookActor.cpp of the Bot API server does.

Updates of one chat or person go one after another, others side by side. What fails is tried again at once, then
after 2, 4, 8 … seconds up to a minute or two, until the update expires.
"""

import asyncio
import contextlib
import json
import random
from datetime import timedelta
from itertools import islice

import aiohttp

from bot.sandbox.errors import ApiError
from bot.sandbox.methods import AT_ONCE, NAMES
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Sandbox
from bot.sandbox.updates import Update
from bot.sandbox.webhook import Attempt, Webhook

LONGEST_WAIT = 60
LONGEST_RETRY_AFTER = 3600
LONGEST_ANSWER = timedelta(seconds=60)
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 a header's name


async def deliver(sandbox: Sandbox) -> None:
    """Deliver for ever, whenever a webhook is set."""
    timeout = aiohttp.ClientTimeout(total=LONGEST_ANSWER.total_seconds())
    # The bot's own certificate may be of its own making here: this is a machine talking to itself.
    connector = aiohttp.TCPConnector(limit=100, ssl=False)
    async with aiohttp.ClientSession(timeout=timeout, connector=connector) as session, asyncio.TaskGroup() as tasks:
        while True:
            for update in _ready(sandbox):
                attempt = sandbox.webhook.attempts.setdefault(update.id, Attempt())
                attempt.flying = True
                tasks.create_task(_send(sandbox, session, sandbox.webhook, update, attempt))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_pause(sandbox)):
                    await sandbox.updates.made.fired()


def _ready(sandbox: Sandbox) -> list[Update]:
    """What may be sent now: of each queue the oldest, as many as there are connections."""
    webhook = sandbox.webhook
    if not webhook.url:
        return []
    free = webhook.max_connections - sum(attempt.flying for attempt in webhook.attempts.values())
    busy: set[object] = set()
    ready: list[Update] = []
    for update in _loaded(sandbox):
        attempt = webhook.attempts.get(update.id)
        may_go = attempt is None or (not attempt.flying and attempt.next_at <= sandbox.clock.steady())
        if may_go and update.queue not in busy and len(ready) < free:
            ready.append(update)
        busy.add(update.queue)
    return ready


def _loaded(sandbox: Sandbox) -> list[Update]:
    sandbox.updates.drop_expired(now=sandbox.clock.now())
    return list(islice(sandbox.updates.waiting.values(), 2 * sandbox.webhook.max_connections))


def _pause(sandbox: Sandbox) -> float | None:
    """Seconds until the first of those that failed may be tried again; None: none did."""
    waiting = [attempt.next_at for attempt in sandbox.webhook.attempts.values() if not attempt.flying]
    if not waiting or not sandbox.webhook.url:
        return None
    return max(0.001, min(waiting) - sandbox.clock.steady())


async def _send(
    sandbox: Sandbox, session: aiohttp.ClientSession, webhook: Webhook, update: Update, attempt: Attempt
) -> None:
    headers = {SECRET: webhook.secret} if webhook.secret else {}
    body, retry_after = b"", 0
    try:
        async with session.post(webhook.url, json=update.shown(), headers=headers, allow_redirects=False) as response:
            body = await response.read()
            said = "" if response.ok else f"Wrong response from the webhook: {response.status} {response.reason}"
            retry_after = int(response.headers.get("Retry-After", "0"))
    except (TimeoutError, ValueError, aiohttp.ClientError) as error:
        said = _words(error)
    attempt.flying = False
    if said:
        webhook.last_error_at, webhook.last_error = sandbox.clock.now(), said
    if said and (wait := _wait(attempt, retry_after)) + sandbox.clock.now() <= update.expires_at:
        attempt.next_at = sandbox.clock.steady() + wait
    else:
        webhook.attempts.pop(update.id, None)
        sandbox.updates.forget(update.id)
    if not said:
        _answer(sandbox, body)
    sandbox.updates.made.fire()


def _words(error: Exception) -> str:
    match error:
        case aiohttp.ClientConnectorError():
            return "Connection refused"
        case TimeoutError():
            return "Read timeout expired"
        case _:
            return "Connection closed"


def _wait(attempt: Attempt, retry_after: int) -> float:
    """Seconds until the next try: what the bot asked for, else none after the first failure, then ever longer."""
    attempt.fails += 1
    if retry_after:
        return min(retry_after, LONGEST_RETRY_AFTER)
    if attempt.fails == 1:
        return 0
    attempt.delay = min(random.uniform(LONGEST_WAIT, 2 * LONGEST_WAIT), attempt.delay * 2)  # noqa: S311 a jitter
    return attempt.delay


def _answer(sandbox: Sandbox, body: bytes) -> None:
    """Carry out the call that the bot answered with, if it did; its result is told nobody."""
    try:
        asked = json.loads(body or b"{}")
    except ValueError:
        return
    method = str(asked.pop("method", "")).lower() if isinstance(asked, dict) else ""
    if method not in AT_ONCE or method.startswith("get") or method in ("setwebhook", "deletewebhook"):
        return
    call = sandbox.calls.begin(NAMES[method], asked, at=sandbox.clock.now(), began=sandbox.clock.steady())
    try:
        call.answer = {"ok": True, "result": AT_ONCE[method](sandbox, Parameters(asked))}
        call.outcome = "answered"
    except ApiError as error:
        call.answer, call.outcome = error.answer(), "refused"
    call.ended = sandbox.clock.steady()
    sandbox.calls.changed.fire()
