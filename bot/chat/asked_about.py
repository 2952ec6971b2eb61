"""Which digest somebody means: by its number or link, or by a message that shows it."""

import re
from collections.abc import Iterator
from datetime import datetime

from telegram import InlineKeyboardMarkup, Message, MessageEntity

from bot.messages.taps import Save, ShowRest, Why, read
from storage.database import Transaction
from storage.model import Subscriber
from storage.traces import digest_sent_as, digests_with

_NUMBER = re.compile(r"(?:no\.?|№|#|编号)?\s*(\d{1,18})", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>\"“”，。；、！？《》（）]+", re.IGNORECASE)
# `example.org/news`, as phones show links.
_BARE_LINK = re.compile(r"[^\s/]+\.[^\s/.]{2,}(?:/\S*)?")
# So many links of a message tell which digest it shows.
_ENOUGH = 20


async def digest_named(tx: Transaction, words: str, *, now: datetime) -> int | None:
    """Give the digest that *words* name by its number, its link or that of an item; None: none that is known."""
    number = _NUMBER.fullmatch(words)
    if number:
        return int(number[1])
    link = _LINK.search(words)
    if link:
        return await _with_links(tx, [link[0]], now=now)
    bare = _BARE_LINK.fullmatch(words)
    return await _with_links(tx, [f"https://{words}", f"http://{words}"], now=now) if bare else None


async def digest_shown(
    tx: Transaction, message: Message, *, had_by: Subscriber | None = None, now: datetime
) -> int | None:
    """Give the digest that *message* shows: by its buttons, else as what it came to *had_by*, else by its links.

    A forwarded one has links, too.
    """
    for tap in _taps(message.reply_markup):
        return tap.digest_id
    sent = await digest_sent_as(tx, had_by.id, message.message_id) if had_by else None
    if sent is not None:
        return sent
    return await _with_links(tx, list(dict.fromkeys(_links(message)))[:_ENOUGH], now=now)


def _taps(markup: InlineKeyboardMarkup | None) -> Iterator[Save | ShowRest | Why]:
    for row in markup.inline_keyboard if markup else ():
        for button in row:
            tap = read(button.callback_data) if isinstance(button.callback_data, str) else None
            if isinstance(tap, Save | ShowRest | Why):
                yield tap


def _links(message: Message) -> Iterator[str]:
    if message.text:
        for entity, text in message.parse_entities([MessageEntity.TEXT_LINK, MessageEntity.URL]).items():
            yield entity.url or text


async def _with_links(tx: Transaction, links: list[str], *, now: datetime) -> int | None:
    found = await digests_with(tx, links, now=now) if links else []
    return found[0] if found else None
