"""The step between publishing and owing in which an operator gets a digest first, so that Telegram has seen its text.

Every part of every look that some reader has is sent to one operator, without a sound, and deleted as soon as Telegram
took it. Only a refusal of the text keeps the digest from its readers, until an operator decides; whatever else happens,
nothing is told of the text, and readers do not wait for it.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.bell import Bell
from bot.bot_api import BotApi
from bot.clock import Clock
from bot.delivery.made_of import made_of
from bot.delivery.match import why_not
from bot.delivery.outcome import ChatClosed, ChatGone, ChatUnknown, Flood, Outcome, Refused, Sent
from bot.delivery.pace import Pace
from bot.delivery.send import delete, send
from bot.delivery.views import Look, Views
from bot.endings import TokenRefused
from bot.messages.graphemes import shortened
from bot.messages.taps import DecideRefused, write
from storage.canaries import Canary, canary_of, looks_in_use, next_canary
from storage.database import Database, DatabaseUnusable, Transaction
from storage.digests import editions_of
from storage.fan_outs import set_hold
from storage.model import Address, Edition, Preferences
from storage.notices import add_notice
from storage.subscribers import subscriber_at

log = structlog.get_logger()

_NAP = timedelta(seconds=1)
# One a second in a private chat, as for readers: a digest of many looks must not make Telegram rest the operator's.
_SPACING = timedelta(seconds=1)
_LONGEST_TITLE = 100


@dataclass(frozen=True, slots=True)
class Taster:
    """What trying digests out needs; *operators* are named by user id."""

    operators: tuple[int, ...]
    database: Database
    bot_api: BotApi
    pace: Pace
    clock: Clock
    views: Views
    # Rung when a digest may be owed, and when operators are to be told something.
    published: Bell
    told: Bell
    # How long readers wait for it at most.
    patience: timedelta = timedelta(seconds=60)


async def keep_trying_out(taster: Taster) -> None:
    """Try out one digest after the other, as each becomes due; may be cancelled anywhere, and begins that one again."""
    while True:
        try:
            more = await try_out(taster)
        except DatabaseUnusable as error:
            log.error("canary_waits", reason=str(error), remedy="it goes on when the database can be used")
            more = False
        except TokenRefused:
            raise
        except Exception:
            log.exception("canary_failed")
            more = False
        if not more:
            await taster.clock.sleep(_NAP)


async def try_out(taster: Taster) -> bool:
    """Try out the digest that has been due the longest, and let it go or hold it; say whether there was one."""
    now = taster.clock.now()
    async with taster.database.snapshot() as tx:
        canary = await next_canary(tx, now=now)
        if canary is None:
            return False
        editions = await editions_of(tx, canary.digest_id, now=now)
        looks = [Preferences(layout=layout, language=language) for layout, language in await looks_in_use(tx)]
    refusal = await _refusal(taster, canary, editions, looks)
    async with taster.database.transaction() as tx:
        # What changed meanwhile is tried out anew.
        is_still = await canary_of(tx, canary.digest_id, hold="canary") == canary
        if not is_still or await editions_of(tx, canary.digest_id, now=now) != editions:
            return True
        await set_hold(tx, [canary.digest_id], None if refusal is None else "refused")
        if refusal is not None:
            await _ask(tx, taster, canary, refusal)
    (taster.published if refusal is None else taster.told).ring()
    return True


async def _refusal(
    taster: Taster, canary: Canary, editions: Sequence[Edition], looks: Sequence[Preferences]
) -> str | None:
    """Say why Telegram refuses the digest; None: it does not, or that cannot be found out now."""
    outcome: Outcome | str = "no operator can be reached"
    try:
        async with asyncio.timeout(taster.patience.total_seconds()):
            for user_id in taster.operators:
                outcome = await _show(taster, user_id, editions, looks)
                # The next operator may have a chat with the bot.
                if not _is_of_chat(outcome):
                    break
    except TimeoutError:
        outcome = f"it took longer than {taster.patience.total_seconds():.0f} s"
    except TokenRefused:
        raise
    # A view that cannot be made is the worker's to tell of, for each of its readers.
    except Exception as error:
        log.exception("view_not_made", digest=canary.digest_id)
        outcome = repr(error)
    match outcome:
        case Sent():
            log.info("canary_passed", digest=canary.digest_id)
        case Refused(why) if not _is_of_chat(outcome):
            log.error("canary_refused", digest=canary.digest_id, reason=why, remedy="operators are asked what to do")
            return why
        case reason:
            log.warning("canary_let_go", digest=canary.digest_id, reason=str(reason))
    return None


def _is_of_chat(outcome: Outcome | str) -> bool:
    """Say whether that is about who was shown it and not about what: a 403 never is about a text, whatever it says."""
    match outcome:
        case ChatGone() | ChatClosed() | ChatUnknown():
            return True
        case Refused(why):
            return why.startswith("Forbidden")
        case _:
            return False


async def _show(taster: Taster, user_id: int, editions: Sequence[Edition], looks: Iterable[Preferences]) -> Outcome:
    """Show the operator every look, each text once; give the first outcome that is not Sent, or else the last."""
    async with taster.database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(user_id))
    own_look = subscriber.preferences if subscriber else Preferences()
    own = await _bodies(taster, editions, [own_look])
    others = [body for body in await _bodies(taster, editions, looks) if body not in own]
    digests = [await taster.views.digest(edition.digest_id, revision=edition.revision) for edition in editions]
    gets_it_anyway = subscriber is not None and why_not(subscriber, digests) is None
    outcome: Outcome
    # Their own look last: where it stays, it stays whole, and nothing follows it.
    for number, body in enumerate([*others, *own]):
        if number:
            await taster.clock.sleep(_SPACING)
        await taster.pace.reply(user_id)
        outcome = await send(taster.bot_api, Address(user_id), body)
        if isinstance(outcome, Flood):
            taster.pace.rest(user_id, outcome.wait)
        if not isinstance(outcome, Sent):
            return outcome
        if gets_it_anyway or number < len(others):
            deleted = await delete(taster.bot_api, user_id, outcome.message_id)
            log.debug("canary_deleted", operator=user_id, message=outcome.message_id, outcome=str(deleted))
    return outcome


async def _bodies(taster: Taster, editions: Sequence[Edition], looks: Iterable[Preferences]) -> list[bytes]:
    views = dict.fromkeys(made_of(editions, look) for look in looks)
    parts = [body for view in views for body in await taster.views.bodies(view, Look(private=True), use="append")]
    return list(dict.fromkeys(parts))


async def _ask(tx: Transaction, taster: Taster, canary: Canary, refusal: str) -> None:
    facts = {"title": shortened(canary.title, _LONGEST_TITLE), "path": canary.path, "reason": refusal}
    buttons = [
        ("button-send-refused", write(DecideRefused(canary.digest_id, send=True))),
        ("button-drop-refused", write(DecideRefused(canary.digest_id, send=False))),
    ]
    for user_id in taster.operators:
        await add_notice(tx, user_id, "operator-digest-refused", facts, buttons, now=taster.clock.now())
