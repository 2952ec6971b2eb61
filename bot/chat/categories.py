"""`/categories`: the same choice with buttons."""

from bot.chat.answer import Answer, Reaction, Replace
from bot.chat.choice import Choice, look, look_to_change, take
from bot.chat.keyboards import Button, button, keyboard, packed
from bot.chat.outlook import out_of_date, outlook
from bot.chat.request import Request
from bot.messages.choices import state
from bot.messages.phrases import phrase
from bot.messages.taps import Close, ShowCategories, Tap, Toggle, ToggleEverything
from storage.categories import CountedCategory
from storage.database import Transaction
from storage.model import Category
from storage.subscribers import drop, drop_all, set_everything

_ON_A_PAGE = 10


async def categories(request: Request) -> list[Answer]:
    """Show the categories with a button for each, the busiest first."""
    return [await _shown(request, page=0)]


async def show_categories(request: Request, tap: ShowCategories) -> Reaction:
    """Show another page of them."""
    return Replace(await _shown(request, page=tap.page))


async def toggle(request: Request, tap: Toggle) -> Reaction:
    """Choose a category or not; while everything is on, choosing one narrows to it."""
    async with request.services.database.transaction() as tx:
        before = await look_to_change(tx, request)
        category = before.category_with(tap.category_id)
        if category is None:
            return out_of_date(request.language)
        if not tap.on:
            await drop(tx, before.subscriber_id, [tap.category_id])
        else:
            await _narrow_or_add(tx, before, category)
        after = await look_to_change(tx, request)
    return Replace(_page(request.language, after, tap.page))


async def toggle_everything(request: Request, tap: ToggleEverything) -> Reaction:
    """Choose everything, or again what was chosen before."""
    async with request.services.database.transaction() as tx:
        before = await look_to_change(tx, request)
        await set_everything(tx, before.subscriber_id, everything=bool(tap.on))
        after = await look_to_change(tx, request)
    return Replace(_page(request.language, after, tap.page))


async def close(request: Request, _: Close) -> Reaction:
    """Take the buttons away and say what was chosen."""
    sentence = state(request.language, request.preferences)
    return Replace(outlook(request.language, request.preferences, [sentence]))


async def _shown(request: Request, *, page: int) -> Answer:
    async with request.services.database.snapshot() as tx:
        choice = await look(tx, request)
    return _page(request.language, choice, page)


async def _narrow_or_add(tx: Transaction, before: Choice, category: Category) -> None:
    if before.preferences.everything:
        await drop_all(tx, before.subscriber_id)
    await take(tx, before, [category])


def _page(language: str, choice: Choice, wanted: int) -> Answer:
    choosable = list(choice.counted.values())
    last = max(0, len(choosable) - 1) // _ON_A_PAGE
    # Anybody can ask for any page, and categories go.
    page = min(wanted, last)
    shown = choosable[page * _ON_A_PAGE : (page + 1) * _ON_A_PAGE]
    everything = choice.preferences.everything
    hint = "no-categories" if not choosable else "narrow-hint" if everything else "categories-hint"
    return Answer(
        f"{state(language, choice.preferences)}\n{phrase(language, hint)}",
        keyboard=keyboard(
            [
                _checkable(
                    phrase(language, "button-everything-toggle"),
                    ToggleEverything(not everything, page),
                    checked=everything,
                )
            ],
            *packed(_category_button(choice, each, page) for each in shown),
            _page_buttons(page, last),
            [button(phrase(language, "button-done"), Close())],
        ),
    )


def _category_button(choice: Choice, each: CountedCategory, page: int) -> Button:
    chosen = each.category.folded in choice.chosen and not choice.preferences.everything
    return _checkable(each.category.name, Toggle(each.id, not chosen, page), checked=chosen)


def _checkable(label: str, tap: Tap, *, checked: bool) -> Button:
    return button(f"✅ {label}" if checked else label, tap)


def _page_buttons(page: int, last: int) -> list[Button]:
    if last == 0:
        return []
    return [
        *([button("‹", ShowCategories(page - 1))] if page > 0 else []),
        button(f"{page + 1}/{last + 1}", ShowCategories(page)),
        *([button("›", ShowCategories(page + 1))] if page < last else []),
    ]
