"""How the bot hears of things: getUpdates with its conflicts, and the webhook methods."""

import asyncio
import re
from datetime import timedelta
from typing import Any

from bot.sandbox.errors import ApiError, bad_request, too_many_requests
from bot.sandbox.parameters import Parameters
from bot.sandbox.signal import until
from bot.sandbox.state import Sandbox
from bot.sandbox.updates import Update

LONGEST_POLL = 50
LONGEST_SECRET = 256
OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "Conflict: terminated by setWebhook request"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def get_updates(sandbox: Sandbox, asked: Parameters) -> list[dict[str, Any]]:
    """What happened since; waits when nothing did, until something does or another poll takes this one's place."""
    if sandbox.webhook.url:
        raise ApiError(409, WEBHOOK_ACTIVE)
    updates, poll = sandbox.updates, sandbox.poll
    offset = asked.integer("offset")
    limit = min(max(asked.integer("limit", 100), 1), 100)
    wait = min(max(asked.integer("timeout"), 0), LONGEST_POLL)
    _allow(sandbox, asked)
    # A bot in a hot loop is slowed down (Client.cpp, process_get_updates_query).
    since, again = sandbox.clock.steady() - poll.began, offset == poll.offset
    if again and wait < 3 and since < 3:  # noqa: PLR2004 the server's own numbers
        wait = 3
    if again and since < 0.5:  # noqa: PLR2004
        limit = 1
    poll.offset, poll.began = offset, sandbox.clock.steady()

    updates.confirm(offset)
    found = updates.oldest(limit, now=sandbox.clock.now())
    if not found and wait:
        found = await _wait(sandbox, limit, timedelta(seconds=wait))
    return [update.shown() for update in found]


async def _wait(sandbox: Sandbox, limit: int, wait: timedelta) -> list[Update]:
    poll = sandbox.poll
    poll.abort(OTHER_POLL)
    turn = poll.take_turn()

    def look() -> list[Update] | None:
        return [] if turn.aborted else sandbox.updates.oldest(limit, now=sandbox.clock.now()) or None

    try:
        found = await until(sandbox.updates.made, look, within=wait)
    finally:
        poll.leave(turn)
    if turn.aborted:
        await asyncio.sleep(poll.conflict_delay(sandbox.clock.steady()))
        raise ApiError(409, turn.aborted)
    return found or []


def _allow(sandbox: Sandbox, asked: Parameters) -> None:
    kinds = asked.structure("allowed_updates", unreadable="can't parse allowed_updates JSON object")
    if isinstance(kinds, list):
        # An empty list means the default again (core.telegram.org/bots/api#getupdates).
        sandbox.updates.allowed = frozenset(map(str, kinds)) or None


def set_webhook(sandbox: Sandbox, asked: Parameters) -> bool:
    """Send updates to a URL from now on; an empty one means polling again. Unlike there it may be plain http."""
    url, secret = asked.text("url"), asked.text("secret_token")
    if url and not url.startswith(("https://", "http://")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if len(secret) > LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    if url and sandbox.clock.steady() < sandbox.webhook.next_set_at:
        raise too_many_requests(1)
    _allow(sandbox, asked)
    if url:
        sandbox.webhook.next_set_at = sandbox.clock.steady() + 1
        sandbox.poll.abort(WEBHOOK_SET)
    if asked.flag("drop_pending_updates"):
        sandbox.updates.waiting.clear()
    connections = min(max(asked.integer("max_connections", 40), 1), 100)
    sandbox.webhook.set(url, secret=secret if url else "", max_connections=connections)
    sandbox.updates.made.fire()
    return True


def delete_webhook(sandbox: Sandbox, asked: Parameters) -> bool:
    """Poll again."""
    if asked.flag("drop_pending_updates"):
        sandbox.updates.waiting.clear()
    sandbox.webhook.set("")
    return True


def get_webhook_info(sandbox: Sandbox, _: Parameters) -> dict[str, Any]:
    """A Bot API `WebhookInfo`."""
    webhook = sandbox.webhook
    shown: dict[str, Any] = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(sandbox.updates.waiting),
    }
    if webhook.last_error:
        shown |= {"last_error_date": int(webhook.last_error_at), "last_error_message": webhook.last_error}
    if webhook.url:
        shown |= {"max_connections": webhook.max_connections, "ip_address": "127.0.0.1"}
    if sandbox.updates.allowed is not None:
        shown["allowed_updates"] = sorted(sandbox.updates.allowed)
    return shown
