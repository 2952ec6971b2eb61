"""`/why`: what brought a digest, or what hid some of it, or why it did not come."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from telegram import Message

from bot.chat.answer import Add, Answer, Reaction, Toast
from bot.chat.asked_about import digest_named, digest_shown
from bot.chat.choice import look
from bot.chat.keyboards import Button, button, choose_button, keyboard, packed, schedule_button
from bot.chat.known import Known
from bot.chat.open import OpenDigest
from bot.chat.outlook import outlook
from bot.chat.reasons import Wondered, reasons
from bot.chat.request import Request
from bot.chat.standstill import return_row, standstill
from bot.chat.wonder import roundup_with, wonder
from bot.chat.words import drop_button
from bot.digests.builder import TextBuilder, join
from bot.messages.budget import Budget
from bot.messages.choices import quoted_word, state
from bot.messages.direction import mark_after
from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from bot.messages.taps import Leave, Why
from storage.database import Transaction
from storage.model import EntityType, FormattedText
from storage.traces import last_sent

_GAP = "\n\n"
_LONGEST_TITLE = 100
# Of a roundup, of which each digest is explained; and of the buttons to change what comes.
_MOST_DIGESTS = 8
_MOST_BUTTONS = 3

Thing = TypeVar("Thing")


async def why(request: Request) -> list[Answer]:
    """Explain the digest that is named or replied to, else the last one that came."""
    replied = _replied_to(request)
    async with request.services.database.snapshot() as tx:
        if request.words:
            digest_id = await digest_named(tx, request.words, now=request.services.clock.now())
        elif replied is not None:
            digest_id = await digest_shown(tx, replied, had_by=request.subscriber, now=request.services.clock.now())
        else:
            digest_id = await last_sent(tx, request.subscriber.id) if request.subscriber else None
            if digest_id is None:
                return [_nothing_yet(request)]
        answer = await _explained(tx, request, digest_id, alone=bool(request.words))
    return [answer or Answer(phrase(request.language, "why-unknown" if request.words else "why-usage"))]


def _replied_to(request: Request) -> Message | None:
    """Give the message that may show a digest; what only says which chat or topic is meant is none."""
    message = request.message
    if message is None or request.managed:
        return None
    replied = message.reply_to_message
    # In a topic whatever answers nothing else answers the message that made it.
    if replied is not None and message.is_topic_message and replied.message_id == message.message_thread_id:
        return None
    return replied


async def why_this(request: Request, tap: Why) -> Reaction:
    """Explain the digest, or the roundup, whose button was pressed."""
    async with request.services.database.snapshot() as tx:
        answer = await _explained(tx, request, tap.digest_id)
    return Toast(phrase(request.language, "old-digest")) if answer is None else Add([answer])


async def why_forwarded(request: Request) -> list[Answer]:
    """Explain the digest that a forwarded message shows; none when it shows none."""
    if request.message is None:
        return []
    async with request.services.database.snapshot() as tx:
        digest_id = await digest_shown(tx, request.message, now=request.services.clock.now())
        answer = await _explained(tx, request, digest_id, alone=True)
    return [answer] if answer else []


async def _explained(tx: Transaction, request: Request, digest_id: int | None, *, alone: bool = False) -> Answer | None:
    """Explain the digest, *alone* or with all that came in one roundup; None: there is none such."""
    if digest_id is None:
        return None
    ids = await roundup_with(tx, request, digest_id)
    shown = ids[-_MOST_DIGESTS:] if ids and not alone else [digest_id]
    explained = [about for id_ in shown if (about := await wonder(tx, request, id_)) is not None]
    if not explained:
        return None
    language = request.language
    blocks = [_block(request, about) for about in explained]
    if ids and alone:
        blocks = [join([*blocks, FormattedText(phrase(language, "why-rounded-up"))], "\n")]
    elif len(ids) > 1:
        blocks.insert(0, FormattedText(phrase(language, "why-roundup", count=len(ids))))
    said = join(_fitting(blocks), _GAP)
    offers = _offers(language, explained, await look(tx, request))
    return Answer(said.text, said.entities, keyboard(*packed(offers)))


def _fitting(blocks: Sequence[FormattedText]) -> list[FormattedText]:
    """As many of *blocks*, from the first on, as a message holds."""
    room, fitting = Budget(), list[FormattedText]()
    for block in blocks:
        room -= Budget.taken_by(block) + Budget(len(_GAP), 0, 0)
        if not room.holds(Budget(0, 0, 0)):
            break
        fitting.append(block)
    return fitting


def _block(request: Request, about: Wondered) -> FormattedText:
    """The digest's title and number, and the reasons below."""
    title = shortened(" ".join(about.digest.title.split()), _LONGEST_TITLE)
    link = about.digest.permalink
    builder = TextBuilder()
    builder.open(EntityType.BOLD)
    builder.append(title, EntityType.TEXT_LINK if link else None, link or "")
    builder.close(EntityType.BOLD)
    number = phrase(request.language, "why-number", number=str(about.digest_id))
    builder.append(f"{mark_after(title)} · {number}")
    for reason in reasons(request.language, about, now=request.services.clock.now()):
        builder.append(f"\n{reason}")
    return builder.build()


def _offers(language: str, explained: Sequence[Wondered], known: Known) -> Iterator[Button]:
    """What changes it for the next time; a digest that did not come can be read."""
    first = explained[0]
    if len(explained) == 1 and not first.came:
        yield button(phrase(language, "button-show-it"), OpenDigest(first.digest_id))
    if first.is_held:
        yield schedule_button(language)
        return
    if not first.is_of_choice:
        return
    for word in _each(found.word for about in explained for found in about.hiding):
        yield drop_button(phrase(language, "button-unmute", word=quoted_word(language, word)), word, "mute")
    if any(about.match.everything or not about.match.is_wanted for about in explained):
        yield choose_button(language)
        return
    for category in _each(category for about in explained for category in about.match.categories):
        yield button(phrase(language, "button-without", name=category.name), Leave(known.id_of(category)))
    for word in _each(found.word for about in explained for found in about.match.followed):
        yield drop_button(phrase(language, "button-without", name=quoted_word(language, word)), word, "follow")


def _each(things: Iterable[Thing]) -> list[Thing]:
    """Each of *things* once, and no more than a few."""
    return list(dict.fromkeys(things))[:_MOST_BUTTONS]


def _nothing_yet(request: Request) -> Answer:
    language, whom = request.language, request.whom
    said = [
        phrase(language, "why-nothing-yet", whom=whom),
        *standstill(request),
        state(language, request.preferences, whom=whom),
    ]
    return outlook(language, request.preferences, said, offers=return_row(request))
