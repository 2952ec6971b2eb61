"""`/start`: the first minute, the way back, and where links to the bot lead."""

from dataclasses import dataclass, replace

from bot.chat.answer import Answer, Reaction, Replace
from bot.chat.choice import look_to_change, take
from bot.chat.keyboards import Button, button, keyboard
from bot.chat.links import linked_category, linked_item
from bot.chat.managing import open_linked
from bot.chat.open import open_item
from bot.chat.outlook import out_of_date, outlook
from bot.chat.posting import StartPosting, is_on, posting_state
from bot.chat.preview import start_posting
from bot.chat.request import Request
from bot.chat.rhythm import tell_rhythm
from bot.chat.schedule_view import in_short
from bot.chat.settings import all_settings
from bot.chat.standstill import Return
from bot.chat.subscribe import only_button, subscribed
from bot.messages.choices import gets_anything, quoted, state
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.groups import throw_away
from storage.model import Preferences, SubscriberState


@tap("take")
@dataclass(frozen=True, slots=True)
class TakeLinked(Tap):
    """The category that a link named, beside what there was."""

    category_id: int


async def start(request: Request) -> list[Answer]:
    """Say in two lines what comes and how it is had; a link's category is one tap away, and its item is shown."""
    kind, _, written = request.words.partition("_")
    match kind:
        case "cat":
            return [await _offer_linked(request, written)]
        case "set" if request.type == "private":
            return await open_linked(request, written)
        case "item":
            return await _open_linked(request, written)
        case _ if request.in_group:
            return await _start_group(request)
        case _ if request.managed:
            return [_of_managed(request)]
        case _:
            return [await _welcome(request)]


async def hello(request: Request) -> Answer:
    """Say in a group what comes there, or that an administrator is to choose; it stays what it is."""
    language, preferences = request.language, request.preferences
    is_stopped = request.subscriber is not None and request.subscriber.state is SubscriberState.STOPPED
    # One that is only known, as it was picked in private, never began.
    if is_stopped and gets_anything(preferences):
        again = button(phrase(language, "button-return"), Return())
        return Answer(phrase(language, "group-stopped"), keyboard=keyboard([again]))
    if gets_anything(preferences):
        return outlook(language, preferences, _present(request, preferences))
    return outlook(language, preferences, [await tell_rhythm(request), phrase(language, "group-welcome")])


async def return_(request: Request, _: Return) -> Reaction:
    """Let whoever stopped have again what they had."""
    if request.managed:
        return await start_posting(request, StartPosting())
    return Replace(await _welcome(request))


async def take_linked(request: Request, tap: TakeLinked) -> Reaction:
    """Give the category that a link named."""
    async with request.services.database.transaction() as tx:
        before = await look_to_change(tx, request)
        category = before.category_with(tap.category_id)
        if category is None:
            return out_of_date(request.language)
        await take(tx, before, [category])
        return Replace(subscribed(request, await look_to_change(tx, request), [category]))


async def _start_group(request: Request) -> list[Answer]:
    """Let a group that stopped have again what it had, and say what comes there."""
    # A link that brought the bot there says this at once.
    if request.words and _said_lately(request) is not None:
        return []
    if request.subscriber:
        async with request.services.database.transaction() as tx:
            request = replace(request, subscriber=await request.ensure_subscriber(tx))
    return [await hello(request)]


def _of_managed(request: Request) -> Answer:
    """Say of a chat that is set up from elsewhere whether it gets anything; one that is off begins with a tap."""
    is_off = request.subscriber is None or request.subscriber.state is SubscriberState.STOPPED
    if not is_off or not gets_anything(request.preferences):
        return all_settings(request)
    begin = button(phrase(request.language, "button-begin"), StartPosting())
    return Answer("\n".join(_present(request, request.preferences)), keyboard=keyboard([begin]))


def _said_lately(request: Request) -> int | None:
    services = request.services
    return services.welcomed.message_in(request.chat_id, now=services.clock.monotonic())


async def _offer_linked(request: Request, written: str) -> Answer:
    """Have the category chosen already, and nothing done before it is tapped: anybody may have made the link."""
    language = request.language
    if said := _said_lately(request):
        # One thing is enough.
        async with request.services.database.transaction() as tx:
            await throw_away(tx, request.chat_id, [said], at=request.services.clock.now())
    async with request.services.database.transaction() as tx:
        before = await look_to_change(tx, request)
    category = linked_category(written, before)
    if category is None:
        return await _welcome(request, phrase(language, "linked-unknown"))
    if before.preferences.everything:
        return await _welcome(request, offer=only_button(language, before, [category]))
    if before.gets(category):
        return await _welcome(request)
    label = phrase(language, "button-take", category=category.name)
    sentence = phrase(language, "linked", category=quoted(language, [category]))
    return await _welcome(request, then=sentence, offer=button(f"✅ {label}", TakeLinked(before.id_of(category))))


async def _open_linked(request: Request, written: str) -> list[Answer]:
    digest_id, item_id = linked_item(written)
    opened = await open_item(request, digest_id, item_id)
    # Who is here for the first time is told where they are.
    return opened if request.subscriber else [*opened, await _welcome(request)]


async def _welcome(request: Request, *first: str, then: str = "", offer: Button | None = None) -> Answer:
    async with request.services.database.transaction() as tx:
        preferences = (await request.ensure_subscriber(tx)).preferences
    second = [then or phrase(request.language, "welcome-choose")]
    if gets_anything(preferences):
        second = [*_present(request, preferences), *filter(None, [then])]
    sentences = [*first, await tell_rhythm(request), *second]
    return outlook(request.language, preferences, sentences, offers=[offer] if offer else [])


def _present(request: Request, preferences: Preferences) -> list[str]:
    """Say what comes to them, and when, unless that is at once; of another chat first that nothing does, if so."""
    language = request.language
    off = [posting_state(request)] if request.managed and not is_on(request) else []
    often, *asleep = in_short(request, preferences.schedule)
    when = [often] if preferences.schedule.cadence != "at once" else []
    return [*off, state(language, preferences, whom=request.whom), *when, *asleep]
