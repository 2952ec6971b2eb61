"""Which category goes to which topic of a forum: what is shown of it, and the buttons that change it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.answer import Answer
from bot.chat.keyboards import Button, button, keyboard, packed
from bot.chat.request import Request
from bot.digests.categories import fold
from bot.messages.choices import listed, named
from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.category_pages import category_page
from storage.database import Transaction
from storage.groups import group_with
from storage.model import Category
from storage.routes import Route, routes_of
from storage.topics import Topic, topics_of

# What counts as of late, and how many of the busiest since then are offered.
_LATELY, _MOST_OFFERED = timedelta(days=30), 10
# As many as a phone shows before one gives up looking; whatever has a name can be typed.
_MOST_TOPICS, _MOST_LINES = 40, 30
_LONGEST_NAME = 40
# As much of a topic's name as callback data hold.
_MOST_BYTES = 24


@tap("routes")
@dataclass(frozen=True, slots=True)
class ShowRoutes(Tap):
    """Which topic gets what."""


@tap("route")
@dataclass(frozen=True, slots=True)
class ShowRoute(Tap):
    """The topics that a category may go to."""

    category_id: int


@tap("route-to")
@dataclass(frozen=True, slots=True)
class RouteTo(Tap):
    """A category goes to a topic, or goes there no more."""

    category_id: int
    topic_id: int
    on: bool


@tap("route-new")
@dataclass(frozen=True, slots=True)
class RouteNew(Tap):
    """A category goes to a topic that is created for it, of this *name* as `new_button` writes it (empty: its own)."""

    category_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Forum:
    """The topics of a forum that are known, with what they get."""

    title: str
    topics: dict[int, Topic]
    routes: dict[int, Route]

    def named(self, name: str) -> Topic | None:
        """Find the topic that somebody calls so; of several, one that is open."""
        folded = fold(name)
        found = [topic for topic in self.topics.values() if topic.name and fold(topic.name) == folded]
        if folded.lstrip("#").isdecimal() and not found:
            found = [topic for topic in self.topics.values() if str(topic.topic_id) == folded.lstrip("#")]
        return min(found, key=lambda topic: topic.closed, default=None)

    def going_to(self, category_id: int) -> list[Topic]:
        """Give the topics that get the category."""
        return [self.topics[route.topic_id] for route in self.routes.values() if route.gets(category_id)]


async def look_at_forum(tx: Transaction, chat_id: int) -> Forum:
    """See what is known of the forum; the topic that is always there is one of them, where there are any."""
    group, routes = await group_with(tx, chat_id), await routes_of(tx, chat_id)
    general = [Topic(0, "General", closed=False)] if group and group.is_forum else []
    heard = [*general, *(topic for topic in await topics_of(tx, chat_id) if topic.topic_id or topic.name)]
    unheard = [Topic(route.topic_id, "", closed=False) for route in routes]
    topics = {topic.topic_id: topic for topic in [*unheard, *heard]}
    return Forum(
        group.title if group and group.title else str(chat_id),
        dict(sorted(topics.items())),
        {route.topic_id: route for route in routes},
    )


def routes_row(request: Request) -> list[Button]:
    """Offer to see which topic gets what, where there are topics."""
    is_forum = request.group is not None and request.group.is_forum
    return [button(phrase(request.language, "button-routes"), ShowRoutes())] if is_forum else []


async def show_map(tx: Transaction, request: Request, *ways_out: Button) -> Answer:
    """Show which topic gets what, with a button for each category that is routed or busy, and *ways_out*."""
    language, now = request.language, request.services.clock.now()
    forum = await look_at_forum(tx, request.address.chat_id)
    busy = await category_page(tx, 0, since=now - _LATELY, now=now, page=0, size=_MOST_OFFERED)
    routed = {id_: category for route in forum.routes.values() for id_, category in route.categories.items()}
    offered = {offer.id: offer.category for offer in busy.offers if offer.id not in routed}
    lines = [
        phrase(language, "routes-line", topic=topic_label(language, forum.topics[id_]), gets=_gets(language, route))
        for id_, route in forum.routes.items()
        if route.everything or route.categories
    ]
    said = [
        phrase(language, "routes-head" if lines else "routes-none", title=forum.title),
        *lines[:_MOST_LINES],
        phrase(language, "routes-hint" if routed or offered else "no-categories"),
    ]
    buttons = [
        *(_route_button(f"✅ {category.name}", id_) for id_, category in list(routed.items())[:_MOST_OFFERED]),
        *(_route_button(category.name, id_) for id_, category in offered.items()),
    ]
    return Answer("\n".join(said), keyboard=keyboard(*packed(buttons), ways_out))


async def show_route(tx: Transaction, request: Request, id_: int, category: Category, *first: str) -> Answer:
    """Show where the category goes, with a button for each topic that there is, and for a new one."""
    language = request.language
    forum = await look_at_forum(tx, request.address.chat_id)
    going = forum.going_to(id_)
    names = listed(language, [topic_label(language, topic) for topic in going])
    said = phrase(language, "route-goes" if going else "route-nowhere", category=_short(category.name), topics=names)
    here = 0 if request.managed else request.address.topic_id
    # Where it is asked comes first.
    topics = sorted(forum.topics.values(), key=lambda topic: (topic.topic_id != here, topic.topic_id))
    choices = (
        _topic_button(language, topic, id_, is_here=topic.topic_id == here > 0, goes=topic in going)
        for topic in topics[:_MOST_TOPICS]
    )
    new = [] if forum.named(category.name) else new_buttons(language, id_, category.name, is_own=True)
    back = button(phrase(language, "button-back"), ShowRoutes())
    hint = phrase(language, "route-hint")
    return Answer("\n".join([*first, said, hint]), keyboard=keyboard(*packed(choices), new, [back]))


def new_buttons(language: str, category_id: int, name: str, *, is_own: bool) -> list[Button]:
    """Offer to create a topic of this *name*, the category's own or another; nothing where that is too long."""
    written = "" if is_own else urlsafe_b64encode(name.encode()).decode().rstrip("=")
    if not is_own and len(name.encode()) > _MOST_BYTES:
        return []
    return [button(phrase(language, "button-new-topic", name=_short(name)), RouteNew(category_id, written))]


def read_new(tap: RouteNew, category: Category) -> str:
    """Read how the topic is to be called; whatever stands there, it is some name."""
    try:
        return urlsafe_b64decode(tap.name + "===").decode() or category.name
    except ValueError:
        return category.name


def topic_label(language: str, topic: Topic) -> str:
    """Name a topic; one that is closed says so."""
    name = _short(topic.name) or phrase(language, "topic-number", number=str(topic.topic_id))
    return f"🔒 {name}" if topic.closed else name


def _topic_button(language: str, topic: Topic, category_id: int, *, is_here: bool, goes: bool) -> Button:
    name = topic_label(language, topic)
    label = phrase(language, "topic-here", topic=name) if is_here else name
    return button(f"✅ {label}" if goes else label, RouteTo(category_id, topic.topic_id, on=not goes))


def _gets(language: str, route: Route) -> str:
    return phrase(language, "route-everything") if route.everything else named(language, _each(route))


def _each(route: Route) -> list[Category]:
    return list(route.categories.values())


def _route_button(label: str, category_id: int) -> Button:
    return button(label, ShowRoute(category_id))


def _short(name: str) -> str:
    return shortened(name, _LONGEST_NAME)
