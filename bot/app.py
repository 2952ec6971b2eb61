"""The composition root: open, wire, run, stop politely; nothing else builds anything."""

import asyncio
import signal
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from telegram.ext import Application, ExtBot

from bot import chat
from bot.alarm import Alarm
from bot.announcing import Announcing
from bot.bell import Bell
from bot.bot_api import BotApi
from bot.chat.linked import keep_learning_links
from bot.chat.litter import keep_removing
from bot.chat.rights import Rights
from bot.chat.services import Services
from bot.clock import Clock
from bot.delivery.announcements import Announcements
from bot.delivery.canary import Taster, keep_trying_out
from bot.delivery.courier import Courier
from bot.delivery.deliver import deliver, in_flight_at
from bot.delivery.fan_out import keep_fanning_out
from bot.delivery.owe_edits import Edits
from bot.delivery.pace import Pace
from bot.delivery.record import Recorder
from bot.delivery.replies import PacedReplies
from bot.delivery.resume import keep_resuming
from bot.delivery.roundups import keep_rounding_up
from bot.delivery.take_up import take_up
from bot.delivery.views import Views
from bot.delivery.write_down import write_down
from bot.digests import phrases
from bot.endings import AnotherCopyRuns, TokenRefused
from bot.housekeeping import keep_house, kept_for
from bot.letting_in import keep_others_out, take_back
from bot.look import Looker
from bot.looking import keep_looking
from bot.notices import Notices
from bot.poller import Poller, until_reachable
from bot.schedule import Job, make_scheduler
from bot.settings import Settings
from bot.sources.folder import Folder
from bot.sources.opening import open_files
from bot.sources.watch import watch
from bot.telegram_http import AiohttpRequest
from storage.categories import settle_categories
from storage.database import Database, open_database, owned
from storage.sources import all_sources

log = structlog.get_logger()

# Housekeeping, and how long after the start, when there is the most to do for others.
_EVERY_DAY, _A_WHILE = timedelta(days=1), timedelta(minutes=1)
# What was published while the bot was down is found first, so that the roundup at its return has that too.
_AFTER_THE_LOOKS = timedelta(seconds=10)
# Nothing can be written down for so long before operators are told.
_A_HICCUP = timedelta(seconds=5)


async def run(settings: Settings, *, clock: Clock) -> None:
    """Serve until a signal says stop.

    Raises DatabaseUnusable, TokenRefused or AnotherCopyRuns when there is no sense in going on.
    """
    for warning in settings.warnings:
        log.warning("setting_unwise", warning=warning)
    stopping = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers in its loops; there Ctrl-C ends the process, and the next start goes on from it.
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    with owned(settings.database):
        async with open_database(settings.database) as database:
            await _settle_categories(database, settings)
            await keep_others_out(database, settings.access, settings.admins, now=clock.now())
            await _serve(settings, database, clock, stopping)
    log.info("stopped")


async def _settle_categories(database: Database, settings: Settings) -> None:
    table = settings.site.categories
    async with database.transaction() as tx:
        changed = await settle_categories(tx, table.shown, table.aliases, table.hidden)
    if changed:
        log.info("categories_settled", digests=changed)


async def _serve(settings: Settings, database: Database, clock: Clock, stopping: asyncio.Event) -> None:
    published, due, house, hour = Bell(), Bell(), Bell(), Bell()
    pace = Pace(settings.rate, clock)
    # As many again for replies to people.
    request = AiohttpRequest(connections=2 * in_flight_at(settings.rate))
    telegram_bot = _telegram_bot(settings, request, pace)
    bot_api = BotApi(request, telegram_bot.base_url)
    notices = Notices(settings.admins, database, bot_api, pace, clock)
    lookers = [(looker, Bell()) for looker in _lookers(settings, database, clock, notices, published)]
    await _tell_of_sources(database, [looker for looker, _ in lookers])
    scheduler = make_scheduler(
        [
            *(Job(f"look {looker.source.name}", wake, looker.source.poll_interval) for looker, wake in lookers),
            Job("housekeeping", house, _EVERY_DAY, after=_A_WHILE),
            Job("roundups", hour, "full minute", after=_AFTER_THE_LOOKS),
        ],
        now=clock.now(),
    )
    courier = _courier(settings, database, bot_api, pace=pace, clock=clock, notices=notices, due=due)
    taster = Taster(
        operators=settings.admins,
        database=database,
        bot_api=bot_api,
        pace=pace,
        clock=clock,
        views=courier.views,
        published=published,
        told=notices.bell,
    )
    await take_up(courier)
    problems: list[TokenRefused | AnotherCopyRuns] = []

    async def converse() -> None:
        try:
            await _converse(telegram_bot, courier, notices, taster, settings=settings, hour=hour, stopping=stopping)
        except* (TokenRefused, AnotherCopyRuns) as group:
            problems.extend(_leaves(group))
        # Whatever ended the conversation, nothing is left to do.
        stopping.set()

    async with request, asyncio.TaskGroup() as tasks:
        scheduler.start()
        looking = [tasks.create_task(keep_looking(looker, wake)) for looker, wake in lookers]
        looking += [
            tasks.create_task(watch(looker.digest_files.root, wake.ring, stopping=stopping, clock=clock))
            for looker, wake in lookers
            if isinstance(looker.digest_files, Folder)
        ]
        limit = settings.catch_up_limit
        back = take_back(database, settings.access, settings.admins, clock=clock, catch_up=limit)
        looking.append(tasks.create_task(back))
        looking.append(tasks.create_task(keep_resuming(database, clock, tell=due)))
        looking.append(tasks.create_task(keep_rounding_up(database, clock, wake=hour, tell=due)))
        looking.append(tasks.create_task(keep_house(database, clock, kept=kept_for(settings.edit_limit), wake=house)))
        tasks.create_task(
            keep_fanning_out(
                database,
                clock,
                heard=published,
                tell=due,
                stopping=stopping,
                edits=Edits(settings.edit_limit, settings.mark_withdrawn, gently=settings.paid_broadcast),
                catch_up=settings.catch_up_limit,
            )
        )
        tasks.create_task(converse())
        await stopping.wait()
        scheduler.shutdown(wait=False)
        for task in looking:
            task.cancel()
        published.ring()
        due.ring()
    if problems:
        raise problems[0]


def _lookers(settings: Settings, database: Database, clock: Clock, notices: Notices, published: Bell) -> list[Looker]:
    return [
        Looker(
            database=database,
            digest_files=open_files(source.name, source.place, beside=settings.database.parent),
            source=source,
            clock=clock,
            catch_up=settings.catch_up_limit,
            bell=published,
            tell=notices.tell,
            operators=settings.admins,
            one_of_several=len(settings.sources) > 1,
        )
        for source in settings.sources
    ]


def _courier(
    settings: Settings, database: Database, bot_api: BotApi, *, pace: Pace, clock: Clock, notices: Notices, due: Bell
) -> Courier:
    disk = Alarm(notices.tell, clock, "operator-disk-full", "operator-disk-well", patience=_A_HICCUP)
    return Courier(
        database=database,
        bot_api=bot_api,
        pace=pace,
        clock=clock,
        views=Views(database, most_parts=settings.most_parts, paid=settings.paid_broadcast),
        recorder=Recorder(database, clock, write_down, disk=disk),
        bell=due,
        disk=disk,
        flood=Alarm(notices.tell, clock, "operator-flooded", "operator-flood-over"),
        in_flight=in_flight_at(settings.rate),
        lateness=settings.catch_up_limit,
        resend=settings.when_unsure == "resend",
        edit_limit=settings.edit_limit,
        announcements=Announcements(paid=settings.paid_broadcast),
    )


def _announcing(settings: Settings, courier: Courier) -> Announcing:
    return Announcing(settings.admins, courier.database, courier.bot_api, courier.pace, courier.clock, settings.rate)


async def _tell_of_sources(database: Database, lookers: list[Looker]) -> None:
    async with database.snapshot() as tx:
        problems = {source.name: source.problem for source in await all_sources(tx)}
    for looker in lookers:
        name, problem = looker.source.name, problems.get(looker.source.name)
        # What was wrong before is not said again by a look, and this log may not go back so far.
        last = {} if problem is None else {"problem_at_last_look": problem}
        every = str(looker.source.poll_interval)
        log.info("source_opened", source=name, place=looker.digest_files.place, looked_at_every=every, **last)


async def _converse(
    telegram_bot: ExtBot[bool],
    courier: Courier,
    notices: Notices,
    taster: Taster,
    *,
    settings: Settings,
    hour: Bell,
    stopping: asyncio.Event,
) -> None:
    """Talk with Telegram: receive updates and deliver, from the moment that it can be reached."""
    if not await until_reachable(telegram_bot, clock=courier.clock, stopping=stopping):
        return
    application = Application.builder().bot(telegram_bot).updater(None).build()
    admins, categories = frozenset(settings.admins), settings.site.categories
    rights = Rights(telegram_bot, courier.clock)
    services = Services(
        courier.database,
        courier.clock,
        rights,
        admins,
        settings.most_parts,
        categories,
        settings.catch_up_limit,
        hour,
        access=settings.access,
        rate=settings.rate,
        owing=taster.published,
    )
    chat.install(application, services)
    async with application, AiohttpRequest(connections=1) as polling, asyncio.TaskGroup() as tasks:
        poller = Poller(
            telegram_bot,
            polling,
            application.process_update,
            allowed_updates=chat.ALLOWED_UPDATES,
            clock=courier.clock,
            on_conflict=partial(notices.tell, "operator-another-copy"),
            on_conflict_over=partial(notices.tell, "operator-another-copy-gone"),
        )
        tasks.create_task(poller.run(stopping))
        tasks.create_task(deliver(courier, stopping))
        beside = [
            tasks.create_task(notices.keep_telling()),
            tasks.create_task(keep_trying_out(taster)),
            tasks.create_task(_announcing(settings, courier).keep_telling()),
            tasks.create_task(chat.announce_commands(telegram_bot, settings.admins)),
            tasks.create_task(chat.introduce(telegram_bot)),
            tasks.create_task(keep_removing(courier.database, telegram_bot, courier.clock)),
            tasks.create_task(keep_learning_links(services)),
        ]
        beside.append(tasks.create_task(asyncio.to_thread(phrases.prepare)))
        whom = {"access": settings.access.mode, "groups": settings.access.bringers}
        log.info("started", bot=telegram_bot.username, operators=len(settings.admins), **whom)
        await stopping.wait()
        # What these wait for may not come, and nobody is to wait for it.
        for task in beside:
            task.cancel()


def _telegram_bot(settings: Settings, request: AiohttpRequest, pace: Pace) -> ExtBot[bool]:
    if settings.token is None:
        raise ValueError("settings for `run` have a token")
    return ExtBot(
        settings.token.get_secret_value(),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=request,
        # Never asked: polling goes over a connection of the poller's.
        get_updates_request=request,
        rate_limiter=PacedReplies(pace),
    )


def _leaves(group: BaseExceptionGroup[Exception]) -> list[Any]:
    return [
        leaf
        for error in group.exceptions
        for leaf in (_leaves(error) if isinstance(error, ExceptionGroup) else [error])
    ]
