"""`/categories [words]`: the same choice with buttons, of all categories or of those with the words in their names."""

from telegram import ForceReply

from bot.chat.answer import Add, Answer, Reaction, Replace
from bot.chat.category_list import AskForCategory, Pick, Place, ShowFound, list_categories
from bot.chat.outlook import out_of_date, outlook
from bot.chat.request import Request
from bot.chat.settings import all_settings
from bot.messages.choices import state
from bot.messages.phrases import phrase
from bot.messages.taps import Close, ShowCategories, Toggle, ToggleEverything
from storage.category_pages import offered_category
from storage.subscribers import choose, drop, drop_all, set_everything


async def categories(request: Request) -> list[Answer]:
    """Show the categories with a button for each, the busiest first; after words those with them in their names."""
    return [await list_categories(request, Place.of(request.words))]


async def ask_for_category(request: Request, _: AskForCategory) -> Reaction:
    """Ask for part of a name."""
    asked = phrase(request.language, "category-sought")
    return Add([Answer(asked, keyboard=ForceReply(input_field_placeholder=asked))])


async def find_category(request: Request) -> list[Answer]:
    """Show those that have in their names what was typed then."""
    return [await list_categories(request, Place.of(request.text))]


async def show_categories(request: Request, tap: ShowCategories | ShowFound) -> Reaction:
    """Show another page of them."""
    return Replace(await list_categories(request, Place.read(tap)))


async def toggle(request: Request, tap: Toggle | Pick) -> Reaction:
    """Choose a category or not; while everything is on, choosing one narrows to it."""
    async with request.services.database.transaction() as tx:
        before = await request.ensure_subscriber(tx)
        if await offered_category(tx, tap.category_id, subscriber_id=before.id) is None:
            return out_of_date(request.language)
        if not tap.on:
            await drop(tx, before.id, [tap.category_id])
        else:
            if before.preferences.everything:
                await drop_all(tx, before.id)
            await choose(tx, before.id, [tap.category_id])
    return Replace(await list_categories(request, Place.read(tap)))


async def toggle_everything(request: Request, tap: ToggleEverything) -> Reaction:
    """Choose everything, or again what was chosen before."""
    async with request.services.database.transaction() as tx:
        subscriber = await request.ensure_subscriber(tx)
        await set_everything(tx, subscriber.id, everything=bool(tap.on))
    return Replace(await list_categories(request, Place.read(tap)))


async def close(request: Request, _: Close) -> Reaction:
    """Take the buttons away and say what was chosen; of another chat, show all of its settings."""
    if request.managed:
        return Replace(all_settings(request))
    sentence = state(request.language, request.preferences, whom=request.whom)
    return Replace(outlook(request.language, request.preferences, [sentence]))
