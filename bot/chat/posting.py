"""Whether a chat that is set up from elsewhere gets digests: how that is said, and the buttons for it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from babel import Locale
from babel.dates import format_skeleton, format_time

from bot.chat.keyboards import Button, button
from bot.chat.request import Request
from bot.digests.builder import TextBuilder
from bot.messages.choices import listed
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.changes import last_changes
from storage.model import EntityType, FormattedText, Subscriber, SubscriberState


@tap("preview")
@dataclass(frozen=True, slots=True)
class Preview(Tap):
    """The latest digest, as the chat would get it."""


@tap("begin")
@dataclass(frozen=True, slots=True)
class StartPosting(Tap):
    """From the next digest on the chat gets what was chosen."""


@tap("end")
@dataclass(frozen=True, slots=True)
class StopPosting(Tap):
    """The chat gets nothing more."""


@tap("chats")
@dataclass(frozen=True, slots=True)
class ShowChannels(Tap):
    """The channels and groups that the person manages."""


def is_on(request: Request) -> bool:
    """Say whether what it is about gets digests."""
    return request.subscriber is not None and request.subscriber.state is SubscriberState.ACTIVE


def posting_state(request: Request) -> str:
    """Say in one line whether digests go there."""
    state = request.subscriber.state if request.subscriber else SubscriberState.STOPPED
    return phrase(request.language, "posting-state", state=str(state))


def posting_buttons(request: Request) -> list[Button]:
    """Offer a look at what goes there, and the end of it; a beginning is offered under that look."""
    language = request.language
    if not is_on(request):
        return [button(phrase(language, "button-preview-first"), Preview())]
    return [
        button(phrase(language, "button-preview"), Preview()),
        button(phrase(language, "button-stop-there"), StopPosting()),
    ]


def channels_button(language: str) -> Button:
    """Lead to the other channels and groups."""
    return button(phrase(language, "button-channels"), ShowChannels())


async def last_change(request: Request, subscriber: Subscriber) -> FormattedText:
    """Say who last changed what there, and when; empty: nobody did. Their name is asked for now, and kept nowhere."""
    async with request.services.database.snapshot() as tx:
        changes = await last_changes(tx, subscriber.id, limit=1)
    if not changes:
        return FormattedText()
    [change] = changes
    rights, language = request.services.rights, request.language
    name = await rights.name_of(request.address.chat_id, change.user_id) if change.user_id is not None else None
    what = listed(language, [phrase(language, "changed", name=each) for each in change.what])
    said = phrase(language, "last-changed", name=name or phrase(language, "an-administrator"), what=what)
    # An app from before Bot API 9.5 shows these words; others the time by the clock of whoever reads.
    seconds = str(int(change.at.timestamp()))
    when = _moment(language, change.at)
    return TextBuilder().append(f"{said} · ").append(when, EntityType.DATE_TIME, seconds).build()


def _moment(language: str, at: datetime) -> str:
    there, locale = at.astimezone(UTC), Locale.parse(language, sep="-")
    return f"{format_skeleton('MMMd', there, locale=locale)} {format_time(there, 'HH:mm', locale=locale)} UTC"
