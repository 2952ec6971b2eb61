"""What is said in private about a group or channel: its name, and buttons and replies that are about it."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardMarkup

from bot.chat.answer import Add, AddOnce, Answer, Reaction, Replace, Toast, Turn
from bot.chat.keyboards import Button, button
from bot.chat.lacking import lacking
from bot.chat.posting import Preview, ShowChannels, last_change
from bot.chat.refused import sentence
from bot.chat.request import Request
from bot.chat.settings import ShowSettings
from bot.digests.builder import join
from bot.messages.choices import gets_anything
from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from bot.messages.taps import Close, ShowLatest, Tap, about, read
from storage.groups import topic_name
from storage.model import Entity, EntityType, FormattedText, Subscriber, SubscriberState

_LONGEST_TITLE = 60
# Whoever sees one of these buttons finds everything else.
_WAYS_ON: frozenset[type[Tap]] = frozenset({ShowSettings, ShowChannels, Close})


async def name_of(request: Request) -> str:
    """Name the chat or topic that *request* is about, with what it is before it."""
    group, address = request.group, request.address
    title = shortened(group.title if group and group.title else str(address.chat_id), _LONGEST_TITLE)
    if not address.topic_id:
        named = "named-channel" if request.type == "channel" else "named-group"
        return phrase(request.language, named, title=title)
    async with request.services.database.snapshot() as tx:
        topic = await topic_name(tx, address.chat_id, address.topic_id)
    return phrase(request.language, "named-topic", title=title, topic=topic or str(address.topic_id))


async def all_about(request: Request, subscriber: Subscriber, answers: Sequence[Answer]) -> list[Answer]:
    """Let each of *answers* be about the subscriber, whatever is shown as it is aside.

    Above it stands what the bot lacks there: Telegram is asked each time, for it may have been changed by anybody.
    """
    if all(answer.as_it_is for answer in answers):
        return list(answers)
    name, rights = await name_of(request), request.services.rights
    link = f"https://t.me/{rights.telegram_bot.username}?start=set_{subscriber.id}"
    entities = (Entity(EntityType.BOLD, 0, len(name)), Entity(EntityType.TEXT_LINK, 0, len(name), link))
    lacks = await lacking(request)
    warning = f"\n⚠️ {sentence(request, lacks)}" if lacks else ""
    heading = FormattedText(name + warning, entities)
    # By now it is noted who just changed what.
    changed = await last_change(request, subscriber) if any(map(_shows_all, answers)) else FormattedText()
    return [
        each
        if each.as_it_is
        else _about(request, subscriber, each, above=heading, below=changed if _shows_all(each) else FormattedText())
        for each in answers
    ]


async def reaction_about(request: Request, subscriber: Subscriber, reaction: Reaction) -> Reaction:
    """Let what *reaction* shows be about the subscriber."""
    match reaction:
        case Replace(answer):
            return Replace((await all_about(request, subscriber, [answer]))[0])
        case Add(answers):
            return Add(await all_about(request, subscriber, answers))
        case AddOnce(answers, others_stay):
            return AddOnce(await all_about(request, subscriber, answers), others_stay)
        case Toast() | Turn():
            return reaction


def _about(
    request: Request, subscriber: Subscriber, answer: Answer, *, above: FormattedText, below: FormattedText
) -> Answer:
    pieces = [above, FormattedText(answer.text, answer.entities), below]
    whole = join([piece for piece in pieces if piece.text], "\n")
    keyboard = answer.keyboard
    if keyboard is None or isinstance(keyboard, InlineKeyboardMarkup):
        keyboard = _keyboard_about(request, subscriber, _rows(answer))
    return replace(answer, text=whole.text, entities=whole.entities, keyboard=keyboard)


def _shows_all(answer: Answer) -> bool:
    """Say whether it is all settings, from where only the other chats are left to see."""
    return any(isinstance(_tap(each), ShowChannels) for row in _rows(answer) for each in row)


def _rows(answer: Answer) -> list[list[Button]]:
    keyboard = answer.keyboard
    return [list(row) for row in keyboard.inline_keyboard] if isinstance(keyboard, InlineKeyboardMarkup) else []


def _keyboard_about(request: Request, subscriber: Subscriber, rows: list[list[Button]]) -> InlineKeyboardMarkup:
    """Let its buttons be about the subscriber, with a way on among them; one for which there is no room is left out."""
    taps = {type(_tap(each)) for row in rows for each in row}
    if not taps & _WAYS_ON:
        rows = [*rows, _ways_on(request.language, subscriber)]
    about = [[made for each in row if (made := _button_about(request.language, each, subscriber))] for row in rows]
    return InlineKeyboardMarkup([row for row in about if row])


def _ways_on(language: str, subscriber: Subscriber) -> list[Button]:
    """Offer all settings, and to a chat that gets nothing yet a look at what it asks for."""
    settings = [button(phrase(language, "button-all-settings"), ShowSettings())]
    is_off = subscriber.state is SubscriberState.STOPPED and gets_anything(subscriber.preferences)
    return [button(phrase(language, "button-preview-first"), Preview()), *settings] if is_off else settings


def _button_about(language: str, shown: Button, subscriber: Subscriber) -> Button | None:
    match _tap(shown):
        case None:
            return shown
        # That is about no chat, or about all.
        case ShowChannels():
            return shown
        # In its own chat one sees the latest; of another one, what would go there, which is offered elsewhere at first.
        case ShowLatest(category_id=0):
            if subscriber.state is SubscriberState.STOPPED:
                return None
            shown = button(phrase(language, "button-preview"), Preview())
        case _:
            pass
    data = about(str(shown.callback_data), subscriber.id)
    return Button(shown.text, callback_data=data) if data is not None else None


def _tap(shown: Button) -> Tap | None:
    return read(shown.callback_data) if isinstance(shown.callback_data, str) else None
