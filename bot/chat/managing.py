"""A group, topic or channel, looked at in private by somebody who may change what it gets: Telegram says whether."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.chat.about import all_about
from bot.chat.answer import Answer
from bot.chat.keyboards import Button, button, choose_button, everything_button, keyboard
from bot.chat.let_in import not_brought
from bot.chat.linked import learn_link
from bot.chat.request import Request
from bot.chat.services import Services
from bot.chat.settings import ShowSettings, all_settings
from bot.messages.choices import gets_anything
from bot.messages.phrases import phrase
from storage.groups import Group, group_with, note_group, note_manager
from storage.model import Address, ChatType
from storage.subscribers import ensure_known, subscriber_at, subscriber_with

# A chat is picked and the bot brought there at once, which are two updates in any order.
A_MOMENT = timedelta(seconds=10)
TYPES: Mapping[str, ChatType] = {"group": "group", "supergroup": "supergroup", "channel": "channel"}
_NUMBER = re.compile(r"[0-9]{1,18}")


async def open_linked(request: Request, written: str) -> list[Answer]:
    """Show the settings that the link `t.me/BOT?start=set_…` leads to; what there is not is said to be not theirs."""
    subscriber = None
    if _NUMBER.fullmatch(written):
        async with request.services.database.snapshot() as tx:
            subscriber = await subscriber_with(tx, int(written))
    if subscriber is None or subscriber.type == "private":
        return [Answer(phrase(request.language, "not-yours"))]
    refused = await refusal(request, subscriber.address.chat_id, subscriber.type)
    if refused is not None:
        return [Answer(sentence_on(request, refused))]
    return [await settings_of(request, subscriber.address, subscriber.type)]


async def settings_of(request: Request, address: Address, type_: ChatType) -> Answer:
    """Show all settings of what is at *address* to whoever may change them; it gets nothing for that.

    Whoever looks may have linked it with another chat just now, or with none.
    """
    await learn_link(request.services, address.chat_id, type_)
    managed = await managing(request, address, type_)
    [answer] = await about_it(managed, [all_settings(managed)])
    return answer


async def refusal(request: Request, chat_id: int, type_: ChatType) -> str | None:
    """Name the phrase that says why the person may not set the chat up, as Telegram says now; None: they may."""
    if request.person_id is None:
        return "not-yours"
    refused = await request.services.rights.refusal(chat_id, type_, request.person_id, fresh=True)
    if refused == "only-administrators":
        # Of a chat that it is not in the bot is told nothing of anybody.
        lacking = await request.services.rights.bots_refusal(chat_id, type_)
        return lacking if lacking == "bot-not-there" else "not-yours"
    if refused is not None:
        return refused
    return await not_brought(request.services, chat_id, request.person_id)


def sentence_on(request: Request, refused: str) -> str:
    """Say why, and nothing of the chat that only those know who are in it."""
    return phrase(request.language, refused, title=phrase(request.language, "that-chat"))


async def type_at(request: Request, address: Address) -> ChatType | None:
    """Say what kind of chat is known to be at *address*; None: none is, or no such topic."""
    async with request.services.database.snapshot() as tx:
        subscriber, group = await subscriber_at(tx, address), await group_with(tx, address.chat_id)
    if subscriber is not None:
        return None if subscriber.type == "private" else subscriber.type
    return group.type if group is not None and not address.topic_id else None


async def managing(request: Request, address: Address, type_: ChatType) -> Request:
    """Give what somebody in private asks about what is at *address*, which is known from now on, as is that they do."""
    services, now, person_id = request.services, request.services.clock.now(), request.person_id
    async with services.database.transaction() as tx:
        subscriber = await ensure_known(
            tx, address, type_=type_, language=request.reads, subscribed_by=person_id, now=now
        )
        if person_id is not None:
            await note_manager(tx, address.chat_id, person_id, now=now)
        known = await group_with(tx, address.chat_id)
    group = known or await learn_chat(services, address.chat_id)
    return replace(
        request,
        subscriber=subscriber,
        about=address,
        type=subscriber.type,
        group=group,
        own_language=request.preferences.language,
    )


async def learn_chat(services: Services, chat_id: int) -> Group | None:
    """Remember what Telegram says of a chat of which nothing is known yet, being of before that was kept."""
    chat = await services.rights.chat(chat_id)
    type_ = TYPES.get(chat.type) if chat else None
    if chat is None or type_ is None:
        return None
    async with services.database.transaction() as tx:
        await note_group(tx, chat_id, type_, title=chat.title or "", is_forum=bool(chat.is_forum))
        return await group_with(tx, chat_id)


def first_question(managed: Request, name: str) -> Answer:
    """Ask, with the phrase called *name*, what the chat is to get; if that was said before, show it."""
    language = managed.language
    if gets_anything(managed.preferences):
        return all_settings(managed)
    settings = button(phrase(language, "button-all-settings"), ShowSettings())
    return Answer(phrase(language, name), keyboard=keyboard(first_choices(language), [settings]))


def first_choices(language: str) -> list[Button]:
    """Offer what a chat that gets nothing may get."""
    return [everything_button(language), choose_button(language)]


async def about_it(managed: Request, answers: Sequence[Answer]) -> list[Answer]:
    """Let *answers* be about what *managed* is."""
    return await all_about(managed, managed.subscriber, answers) if managed.subscriber else list(answers)
