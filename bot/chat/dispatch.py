"""How an update comes to its handler, and what the handler gives to whom it is for."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import timedelta
from typing import Any

import structlog
from telegram import Bot, CallbackQuery, Update
from telegram.ext import ContextTypes

from bot.chat.about import all_about, reaction_about
from bot.chat.admission import Level, level_of, refusal
from bot.chat.answer import Answer, Reaction, Toast, react, send
from bot.chat.errors import harmless_ignored
from bot.chat.fitting import fitting, fitting_reaction
from bot.chat.lacking import silenced
from bot.chat.outlook import out_of_date
from bot.chat.read_request import NobodyAsksError, read_request
from bot.chat.refused import refuse, sentence, spot_of
from bot.chat.request import Request
from bot.chat.services import Services
from bot.chat.tapped import answer_tap
from bot.chat.typed import is_prompted
from bot.chat.who_changed import note_who_changed
from bot.messages.phrases import choose_language
from bot.messages.taps import read, whom
from storage.groups import throw_away

Command = Callable[[Request], Awaitable[Sequence[Answer]]]
Callback = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]

log = structlog.get_logger()


def answering(command: Command, services: Services, level: Level = "private") -> Callback:
    """Let *command* answer; in a group, or about a chat, those for whom it is of this *level*."""

    async def callback(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        request = await _read(update, services, own=level == "private")
        if request is not None:
            await _answer(context.bot, request, command, level)

    return callback


def answering_typed(typed: Command, services: Services) -> Callback:
    """Let *typed* take what is no command; in a group only what answers a question of ours."""

    async def callback(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        request = await _read(update, services, own=False)
        if request is not None and not is_prompted(request):
            request = None if request.in_group else await _read(update, services, own=True)
        if request is not None:
            await _answer(context.bot, request, typed, "change")

    return callback


def reacting(services: Services) -> Callback:
    """Let the button's kind react."""

    async def callback(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is None:
            return
        try:
            request = await read_request(update, services)
        except NobodyAsksError as error:
            log.info("tap_of_nobody", update=update.update_id, reason=str(error))
            with harmless_ignored():
                await query.answer(out_of_date(choose_language(query.from_user.language_code)).text)
        else:
            await _react(context.bot, request, query)

    return callback


async def _read(update: Update, services: Services, *, own: bool) -> Request | None:
    try:
        return await read_request(update, services, own=own)
    except NobodyAsksError as error:
        log.info("update_skipped", update=update.update_id, reason=str(error))
        return None


async def _answer(telegram_bot: Bot, request: Request, command: Command, level: Level) -> None:
    refused = await _refusal(request, level)
    if refused is not None:
        await refuse(telegram_bot, request, refused)
        return
    answers = [fitting(request, level, each) for each in await command(request)]
    subscriber = await note_who_changed(request)
    if request.managed and subscriber is not None:
        answers = await all_about(request, subscriber, answers)
    sent = await send(telegram_bot, spot_of(request), answers, clock=request.services.clock)
    await _keep_tidy(request, sent)


async def _react(telegram_bot: Bot, request: Request, query: CallbackQuery) -> None:
    services, data = request.services, whom(query.data or "")[1]
    level = level_of(read(data))
    refused = await _refusal(request, level)
    reaction: Reaction
    if refused is not None:
        reaction = Toast(sentence(request, refused))
    else:
        reaction = fitting_reaction(request, level, await answer_tap(request, data))
        subscriber = await note_who_changed(request)
        if request.managed and subscriber is not None:
            reaction = await reaction_about(request, subscriber, reaction)
    spot = spot_of(request)
    sent = await react(telegram_bot, query, reaction, spot=spot, clock=services.clock, obeyed=services.obeyed)
    await _keep_tidy(request, sent)


async def _refusal(request: Request, level: Level) -> str | None:
    """Name the phrase that says why it is refused; None: it is granted, and can be answered where it was asked."""
    refused = await refusal(request, level)
    return await silenced(request) if refused is None and request.in_group else refused


async def _keep_tidy(request: Request, sent: Sequence[int]) -> None:
    """Let what was said in a group be removed after a while, if that is wanted there."""
    if not request.in_group or request.group is None or not request.group.tidy_minutes or not sent:
        return
    at = request.services.clock.now() + timedelta(minutes=request.group.tidy_minutes)
    async with request.services.database.transaction() as tx:
        await throw_away(tx, request.chat_id, sent, at=at)
