"""`/route [category] [topic]`: which topic of a forum gets which category, and topics that are created for one."""

from collections.abc import Sequence

from telegram import ForumTopic

from bot.chat.answer import Add, Answer, Reaction, Replace, Toast
from bot.chat.choice import look
from bot.chat.keyboards import Button, button, keyboard, packed
from bot.chat.known import Known
from bot.chat.nearest import nearest
from bot.chat.new_topic import NotCreated, new_topic
from bot.chat.outlook import examples, out_of_date
from bot.chat.request import Request
from bot.chat.route_view import (
    Forum,
    RouteNew,
    RouteTo,
    ShowRoute,
    ShowRoutes,
    look_at_forum,
    new_buttons,
    read_new,
    show_map,
    show_route,
)
from bot.chat.route_words import Asked, read_route
from bot.chat.settings import ShowSettings
from bot.digests.categories import categories_of
from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from storage.categories import NamedCategory
from storage.changes import note_change
from storage.database import Transaction
from storage.groups import note_manager
from storage.model import Address, Category
from storage.routes import add_route, end_route
from storage.subscribers import ensure_subscriber
from storage.topics import learn_topic, note_topic

# Of what was typed as a name.
_LONGEST_SHOWN = 64


async def route(request: Request) -> list[Answer]:
    """Show which topic gets what; after a category and a topic, let the one go to the other."""
    if not _is_of_forum(request):
        return [Answer(phrase(request.language, "route-in-forums"))]
    await _hear_of_topic(request)
    async with request.services.database.snapshot() as tx:
        if not request.words:
            return [await show_map(tx, request)]
        known, _ = await _look(tx, request)
    asked = read_route(request.words, known.spellings)
    found = [known.spellings.get(category.folded) for category in categories_of([asked.category])]
    if not found or found[0] is None or found[0].folded not in known.named:
        return [_unknown(request.language, known, asked.category)]
    return [await _obey(request, found[0], asked)]


async def show_routes(request: Request, _: ShowRoutes) -> Reaction:
    """Show the whole map in place."""
    if not _is_of_forum(request):
        return out_of_date(request.language)
    back = button(phrase(request.language, "button-back"), ShowSettings())
    async with request.services.database.snapshot() as tx:
        return Replace(await show_map(tx, request, back))


async def show_one_route(request: Request, tap: ShowRoute) -> Reaction:
    """Show where one category may go."""
    async with request.services.database.snapshot() as tx:
        known, _ = await _look(tx, request)
        category = known.category_with(tap.category_id)
        if category is None or not _is_of_forum(request):
            return out_of_date(request.language)
        return Replace(await show_route(tx, request, tap.category_id, category))


async def route_to(request: Request, tap: RouteTo) -> Reaction:
    """Let a category go to a topic, or no more."""
    async with request.services.database.transaction() as tx:
        known, forum = await _look(tx, request)
        category = known.category_with(tap.category_id)
        if category is None or tap.topic_id not in forum.topics:
            return out_of_date(request.language)
        await _set(tx, request, category, tap.topic_id, on=bool(tap.on))
        return Replace(await show_route(tx, request, tap.category_id, category))


async def route_new(request: Request, tap: RouteNew) -> Reaction:
    """Let a category go to a topic that is created for it."""
    async with request.services.database.snapshot() as tx:
        category = (await _look(tx, request))[0].category_with(tap.category_id)
    if category is None or not _is_of_forum(request):
        return out_of_date(request.language)
    answer, goes = await _to_new(request, category, read_new(tap, category))
    if goes:
        return Replace(answer)
    return Add([answer]) if answer.keyboard else Toast(answer.text)


def _is_of_forum(request: Request) -> bool:
    return request.group is not None and request.group.is_forum


async def _obey(request: Request, category: Category, asked: Asked) -> Answer:
    if asked.kind == "new":
        return (await _to_new(request, category, asked.topic or category.name))[0]
    async with request.services.database.transaction() as tx:
        known, forum = await _look(tx, request)
        id_ = known.id_of(category)
        topic = forum.named(asked.topic)
        if asked.kind == "topic" and topic is None:
            return _no_such_topic(request.language, id_, asked.topic)
        if asked.kind == "off":
            for each in forum.going_to(id_):
                await _set(tx, request, category, each.topic_id, on=False)
        elif asked.kind != "show":
            there = request.address.topic_id if topic is None else topic.topic_id
            await _set(tx, request, category, there, on=True)
        return await show_route(tx, request, id_, category)


async def _to_new(request: Request, category: Category, name: str) -> tuple[Answer, bool]:
    """Create a topic, unless there is one of this name, and let the category go there; say whether it does."""
    async with request.services.database.transaction() as tx:
        known, forum = await _look(tx, request)
        id_, there = known.id_of(category), forum.named(name)
        if there is not None:
            await _set(tx, request, category, there.topic_id, on=True)
            return await show_route(tx, request, id_, category), True
    async with new_topic(request, name) as created:
        match created:
            case NotCreated(why):
                offers = new_buttons(request.language, id_, name, is_own=name == category.name)
                return _not_created(request, why, offers), False
            case ForumTopic(message_thread_id=topic_id):
                async with request.services.database.transaction() as tx:
                    await note_topic(tx, request.address.chat_id, topic_id, created.name)
                    await _set(tx, request, category, topic_id, on=True)
                    return await show_route(tx, request, id_, category), True


async def _set(tx: Transaction, request: Request, category: Category, topic_id: int, *, on: bool) -> None:
    """Let the category go to the topic, or no more, and remember who said so."""
    known, forum = await _look(tx, request)
    id_, present = known.id_of(category), forum.routes.get(topic_id)
    if (present is not None and present.gets(id_)) == on:
        return
    if on:
        # One that is closed goes on waiting until it is opened.
        is_waiting = present is not None and forum.topics[topic_id].closed
        changed = present.subscriber_id if present and is_waiting else await _subscribed(tx, request, topic_id)
        await add_route(tx, changed, id_)
    elif present is not None:
        await end_route(tx, present, id_, others=[each.id for each in known.named.values() if each.carried])
        changed = present.subscriber_id
    # Of the topic where it is asked that is remembered with all else that is changed there.
    if topic_id != request.address.topic_id:
        await _note_change(tx, request, changed)


async def _subscribed(tx: Transaction, request: Request, topic_id: int) -> int:
    address, now = Address(request.address.chat_id, topic_id), request.services.clock.now()
    subscriber = await ensure_subscriber(
        tx, address, type_=request.type, language=request.reads, subscribed_by=request.person_id, now=now
    )
    return subscriber.id


async def _note_change(tx: Transaction, request: Request, subscriber_id: int) -> None:
    now = request.services.clock.now()
    await note_change(tx, subscriber_id, user_id=request.person_id, what=["categories"], now=now)
    if request.person_id is not None:
        await note_manager(tx, request.address.chat_id, request.person_id, now=now)


async def _look(tx: Transaction, request: Request) -> tuple[Known, Forum]:
    """See the categories that digests carry or any of the forum's topics chose, and the forum."""
    known, forum = await look(tx, request), await look_at_forum(tx, request.address.chat_id)
    chosen = {
        category.folded: NamedCategory(id_, category, carried=False)
        for route in forum.routes.values()
        for id_, category in route.categories.items()
    }
    return Known(chosen | dict(known.named), known.table), forum


async def _hear_of_topic(request: Request) -> None:
    """Remember that there is the topic in which it is asked, though Telegram may not have told what it is called."""
    if request.address.topic_id and not request.managed:
        async with request.services.database.transaction() as tx:
            await learn_topic(tx, request.address.chat_id, request.address.topic_id, "")


def _unknown(language: str, known: Known, name: str) -> Answer:
    """Say that no digest has such a category, with those that may be meant."""
    meant = [each for sought in categories_of([name]) for each in nearest(sought, known.carried)]
    offers = [button(each.name, ShowRoute(known.id_of(each))) for each in meant]
    example, _ = examples(language, meant or known.carried)
    return Answer(
        phrase(language, "route-usage", name=_shown(name), example=example), keyboard=keyboard(*packed(offers))
    )


def _no_such_topic(language: str, category_id: int, name: str) -> Answer:
    return Answer(
        phrase(language, "no-such-topic", name=_shown(name)),
        keyboard=keyboard(new_buttons(language, category_id, name, is_own=False)),
    )


def _shown(name: str) -> str:
    return shortened(" ".join(name.split()), _LONGEST_SHOWN)


def _not_created(request: Request, why: str, offers: Sequence[Button]) -> Answer:
    """Say why; whoever is anonymous may press a button, which one always does as oneself."""
    title = request.group.title if request.group else ""
    again = offers if request.person_id is None else []
    return Answer(phrase(request.language, why, title=title), keyboard=keyboard(again) if again else None)
