"""`/subscribe`: everything, or the categories that are named."""

from collections.abc import Iterator, Sequence

from bot.chat.answer import Answer, Reaction, Replace
from bot.chat.choice import Choice, look_to_change, names_everything, take
from bot.chat.keyboards import Button, button
from bot.chat.names import can_be_kept, read_names
from bot.chat.nearest import nearest
from bot.chat.outlook import names_usage, out_of_date, outlook
from bot.chat.request import Request
from bot.messages.choices import quoted, state
from bot.messages.phrases import phrase
from bot.messages.taps import TakeEverything, TakeInstead, TakeOnly
from storage.model import Category
from storage.subscribers import drop, drop_all, set_everything

# For more mistyped names than these, buttons would only confuse.
_MOST_CORRECTED = 3


async def subscribe(request: Request) -> list[Answer]:
    """Give everything; with names those categories too, known or not."""
    if await names_everything(request):
        return [await _set_everything(request, on=True)]
    async with request.services.database.transaction() as tx:
        before = await look_to_change(tx, request)
        named = read_names(request.words, before.spellings)
        unseen = [category for category in named if not before.is_carried(category)]
        if not named or not can_be_kept(unseen):
            return [names_usage(request.language, "/subscribe", before.carried)]
        await take(tx, before, named)
        after = await look_to_change(tx, request)
    return [subscribed(request, after, named, unseen)]


async def take_everything(request: Request, tap: TakeEverything) -> Reaction:
    """Give every digest, or only those of the categories that were chosen."""
    return Replace(await _set_everything(request, on=bool(tap.on)))


async def take_only(request: Request, tap: TakeOnly) -> Reaction:
    """Narrow what they get to one category."""
    async with request.services.database.transaction() as tx:
        before = await look_to_change(tx, request)
        category = before.category_with(tap.category_id)
        if category is None:
            return out_of_date(request.language)
        await drop_all(tx, before.subscriber_id)
        await take(tx, before, [category])
        preferences = (await look_to_change(tx, request)).preferences
    return Replace(outlook(request.language, preferences, [state(request.language, preferences, whom=request.whom)]))


async def take_instead(request: Request, tap: TakeInstead) -> Reaction:
    """Put a category in the place of one that was mistyped."""
    async with request.services.database.transaction() as tx:
        before = await look_to_change(tx, request)
        category = before.category_with(tap.category_id)
        if category is None:
            return out_of_date(request.language)
        await drop(tx, before.subscriber_id, [tap.mistyped_id])
        await take(tx, before, [category])
        after = await look_to_change(tx, request)
    return Replace(subscribed(request, after, [category]))


async def _set_everything(request: Request, *, on: bool) -> Answer:
    async with request.services.database.transaction() as tx:
        subscriber = await request.ensure_subscriber(tx)
        await set_everything(tx, subscriber.id, everything=on)
        preferences = (await request.ensure_subscriber(tx)).preferences
    return outlook(request.language, preferences, [state(request.language, preferences, whom=request.whom)])


def subscribed(request: Request, after: Choice, named: Sequence[Category], unseen: Sequence[Category] = ()) -> Answer:
    """Say that *named* come from now on, also those of them that are *unseen* as yet."""
    language, corrections = request.language, list(_corrections(after, unseen[:_MOST_CORRECTED]))
    sentences = list(_sentences(request, after, named, unseen))
    if corrections:
        sentences.append(phrase(language, "did-you-mean"))
    narrower = [only_button(language, after, named)] if after.preferences.everything else []
    return outlook(language, after.preferences, sentences, offers=corrections + narrower)


def _sentences(request: Request, after: Choice, named: Sequence[Category], unseen: Sequence[Category]) -> Iterator[str]:
    language = request.language
    if after.preferences.everything:
        yield phrase(language, "everything-includes", whom=request.whom, categories=quoted(language, named))
    elif len(named) < len(after.preferences.categories):
        yield phrase(language, "subscribed", categories=quoted(language, named))
    if not after.preferences.everything:
        yield state(language, after.preferences, whom=request.whom)
    if unseen:
        yield phrase(language, "unseen", categories=quoted(language, unseen))


def _corrections(after: Choice, unseen: Sequence[Category]) -> Iterator[Button]:
    for mistyped in unseen:
        for meant in nearest(mistyped, after.carried):
            yield button(meant.name, TakeInstead(after.id_of(meant), after.id_of(mistyped)))


def only_button(language: str, after: Choice, named: Sequence[Category]) -> Button:
    """Offer to whoever gets everything no more than *named*."""
    if len(named) > 1:
        return button(phrase(language, "button-only-chosen"), TakeEverything(on=False))
    return button(phrase(language, "button-only", category=named[0].name), TakeOnly(after.id_of(named[0])))
