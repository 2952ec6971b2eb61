"""`/unsubscribe`: nothing, or without the categories that are named."""

from collections.abc import Iterator, Sequence

from bot.chat.answer import Answer, Reaction, Replace
from bot.chat.category_list import TakeNone
from bot.chat.choice import Choice, leave, look_to_change, names_everything
from bot.chat.keyboards import Button, button
from bot.chat.names import read_names
from bot.chat.nearest import nearest
from bot.chat.outlook import names_usage, out_of_date, outlook
from bot.chat.request import Request
from bot.chat.undo import typed_again, undo_button
from bot.messages.choices import gets_anything, quoted, state
from bot.messages.phrases import phrase
from bot.messages.taps import Leave
from storage.category_pages import chosen_ids
from storage.database import Transaction
from storage.model import Category
from storage.subscribers import drop_all

# For more mistyped names than these, buttons would only confuse.
_MOST_CORRECTED = 3


async def unsubscribe(request: Request) -> list[Answer]:
    """Take everything away; with names only those categories."""
    if await names_everything(request):
        return [await _leave_all(request)]
    async with request.services.database.transaction() as tx:
        before = await look_to_change(tx, request)
        named = read_names(request.words, before.spellings)
        if not named:
            return [names_usage(request.language, "/unsubscribe", before.carried)]
        return [await _leave(tx, request, before, named)]


async def leave_one(request: Request, tap: Leave) -> Reaction:
    """Take one category away."""
    async with request.services.database.transaction() as tx:
        before = await look_to_change(tx, request)
        category = before.category_with(tap.category_id)
        if category is None:
            return out_of_date(request.language)
        return Replace(await _leave(tx, request, before, [category]))


async def take_none(request: Request, _: TakeNone) -> Reaction:
    """Take everything away."""
    return Replace(await _leave_all(request))


async def _leave_all(request: Request) -> Answer:
    async with request.services.database.transaction() as tx:
        subscriber = await request.ensure_subscriber(tx)
        ids, are_carried = await chosen_ids(tx, subscriber.id)
        await drop_all(tx, subscriber.id)
        after = (await request.ensure_subscriber(tx)).preferences
    sentences = [phrase(request.language, "unsubscribed-all")]
    if gets_anything(after):
        # Words that are followed bring digests too.
        sentences = [
            phrase(request.language, "unsubscribed-categories"),
            state(request.language, after, whom=request.whom),
        ]
    undo = undo_button(request.language, subscriber.preferences, ids) if are_carried else []
    if ids and not undo:
        again = typed_again(subscriber.preferences.categories)
        sentences.append(phrase(request.language, "undo-typed", command=again))
    return outlook(request.language, after, sentences, offers=undo)


async def _leave(tx: Transaction, request: Request, before: Choice, named: Sequence[Category]) -> Answer:
    leaving = [category for category in named if before.gets(category)]
    if leaving:
        await leave(tx, before, leaving)
    after = await look_to_change(tx, request)
    can_be_undone = leaving and all(map(before.is_carried, before.preferences.categories))
    undo = undo_button(request.language, before.preferences, before.chosen_ids) if can_be_undone else []
    missing = [category for category in named if not before.gets(category)]
    corrections = list(_corrections(after, missing[:_MOST_CORRECTED]))
    sentences = list(_sentences(request, before, after, leaving, missing))
    if corrections:
        sentences.append(phrase(request.language, "did-you-mean"))
    return outlook(request.language, after.preferences, sentences, offers=[*corrections, *undo])


def _sentences(
    request: Request, before: Choice, after: Choice, leaving: Sequence[Category], missing: Sequence[Category]
) -> Iterator[str]:
    language, whom = request.language, request.whom
    if leaving:
        yield phrase(language, "unsubscribed", categories=quoted(language, leaving))
    if missing:
        yield phrase(language, "not-subscribed", whom=whom, categories=quoted(language, missing))
    if leaving and before.preferences.everything and after.preferences.categories:
        yield phrase(language, "the-others", whom=whom, count=len(after.preferences.categories))
    else:
        yield state(language, after.preferences, whom=whom)


def _corrections(after: Choice, missing: Sequence[Category]) -> Iterator[Button]:
    had = after.carried if after.preferences.everything else after.preferences.categories
    for mistyped in missing:
        for meant in nearest(mistyped, had):
            yield button(meant.name, Leave(after.id_of(meant)))
