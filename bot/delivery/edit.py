"""The step that changes what a chat was sent, a message at a time, until it shows what the digest says now."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

import structlog

from bot.delivery.changes import Add, Changed, Doom, Remove, Rewrite, Task, Unchanged, made, next_change, why_not_edited
from bot.delivery.courier import Courier, ask, heed
from bot.delivery.outcome import Fixed, OutcomeOfChange, Unsure
from bot.delivery.retry import in_doubt_too_often
from bot.delivery.send import delete, encode, rewrite, send
from bot.delivery.settle import Skipped, Step, try_again
from bot.delivery.settle_change import settle_change
from bot.delivery.views import Look, Use
from bot.delivery.write_down import Result
from bot.messages.phrases import phrase
from bot.messages.view import MessagePart
from storage.model import ALL, Delivery, MadeOf, Shown
from storage.shown import shown_to

log = structlog.get_logger()

_Rests = Mapping[int, datetime]


async def edit(courier: Courier, delivery: Delivery, made_of: MadeOf) -> Result:
    """Make the next change that the chat needs to show *made_of*, if it still is to, and say what the edit becomes."""
    try:
        found = await _task(courier, delivery, made_of)
    except Exception as error:
        log.exception("view_not_made", delivery=delivery.id, digest=delivery.digest_id)
        again = try_again(delivery, repr(error), now=courier.clock.now(), lateness=courier.patience())
        return _not_asked(courier, delivery, again)
    if isinstance(found, Skipped):
        return _not_asked(courier, delivery, found)
    change = next_change(found)
    if change is None:
        return _not_asked(courier, delivery, Unchanged(found.shown, parts=len(found.after)))
    if isinstance(change, Doom):
        return _not_asked(courier, delivery, made(found, change, message_id=change.message_id))
    outcome, rests = await _make(courier, delivery, found, made_of, change)
    now = courier.clock.now()
    step = settle_change(delivery, found, change, outcome, now=now, lateness=courier.patience(), resend=courier.resend)
    return Result(delivery, step, now, rests)


def _not_asked(courier: Courier, delivery: Delivery, step: Step | Changed | Unchanged) -> Result:
    courier.pace.unused(1)
    return Result(delivery, step, courier.clock.now())


async def _task(courier: Courier, delivery: Delivery, made_of: MadeOf) -> Task | Skipped:
    async with courier.database.snapshot() as tx:
        shown = (await shown_to(tx, [delivery.id])).get(delivery.id)
    unwanted = why_not_edited(
        delivery.subscriber, shown, selection=made_of.selection, now=courier.clock.now(), limit=courier.edit_limit
    )
    if shown is None or unwanted is not None:
        return Skipped(unwanted or "the digest was not sent")
    revisions = {message.revision for message in shown.messages.values() if message.revision}
    before = {
        revision: await _bodies(courier, delivery, was)
        for revision in revisions
        if (was := _was_made_of(shown, made_of, revision)) is not None
    }
    # As the claim decided, should the digest have changed again since: then the edit goes on with that.
    shown = replace(shown, revision=made_of.revision, selection=made_of.selection)
    return Task(shown, before, await _bodies(courier, delivery, made_of))


def _was_made_of(shown: Shown, made_of: MadeOf, revision: int) -> MadeOf | None:
    """Give what a message that shows *revision* was made of; None: it is not known what was selected of it then."""
    if revision == made_of.revision:
        return made_of
    if revision == shown.made_of.revision or shown.made_of.selection == made_of.selection == ALL:
        return replace(shown.made_of, revision=revision)
    return None


async def _bodies(courier: Courier, delivery: Delivery, made_of: MadeOf, *, use: Use = "edit") -> tuple[bytes, ...]:
    look = replace(Look.of(delivery.subscriber), sound=True)
    return await courier.views.bodies(made_of, look, use=use)


async def _make(
    courier: Courier, delivery: Delivery, task: Task, made_of: MadeOf, change: Rewrite | Add | Remove
) -> tuple[OutcomeOfChange, _Rests]:
    """Give what Telegram says of the change, and until when which chats rest for it."""
    chat_id = delivery.subscriber.address.chat_id
    match change:
        case Rewrite(part, message_id):
            call = partial(rewrite, courier.bot_api, chat_id, message_id)
            return await ask(courier, delivery, made_of, part=part, body=task.after[part], call=call)
        case Add(part):
            return await _add(courier, delivery, made_of, part)
        case Remove(_, message_id):
            return await _remove(courier, chat_id, message_id, made_of.language)


async def _add(courier: Courier, delivery: Delivery, made_of: MadeOf, part: int) -> tuple[OutcomeOfChange, _Rests]:
    # The bot was stopped while it sent this very part, and nobody can know whether it arrived.
    if delivery.doubts and (not courier.resend or in_doubt_too_often(delivery.doubts)):
        courier.pace.unused(1)
        return Unsure("the bot was stopped while sending it"), {}
    body = (await _bodies(courier, delivery, made_of, use="append"))[part]
    call = partial(send, courier.bot_api, delivery.subscriber.address)
    return await ask(courier, delivery, made_of, part=part, body=body, call=call)


async def _remove(courier: Courier, chat_id: int, message_id: int, language: str) -> tuple[OutcomeOfChange, _Rests]:
    courier.pace.count(chat_id)
    outcome = await delete(courier.bot_api, chat_id, message_id)
    if isinstance(outcome, Fixed):
        # What cannot go can at least say so: Telegram deletes nothing that is older than 48 hours.
        courier.pace.count(chat_id)
        words = encode(MessagePart(phrase(language, "no-longer-here"), ()))
        outcome = await rewrite(courier.bot_api, chat_id, message_id, words)
    return outcome, heed(courier, chat_id, outcome)
