"""`/latest [n] [category]`: the newest digests, as they are delivered."""

import re
from collections.abc import Sequence

from bot.chat.answer import Add, Answer, Reaction
from bot.chat.as_delivered import as_delivered
from bot.chat.browse import browsable
from bot.chat.choice import look
from bot.chat.editions import in_their_language
from bot.chat.keyboards import button, everything_button, keyboard, latest_button, packed
from bot.chat.known import Known
from bot.chat.names import read_names
from bot.chat.nearest import nearest
from bot.chat.outlook import examples, out_of_date
from bot.chat.request import Request
from bot.messages.choices import quoted
from bot.messages.phrases import phrase
from bot.messages.taps import ShowLatest
from storage.digests import latest_digests
from storage.model import Category

_MOST = 5
_LONGEST = 500
# 2期, too.
_COUNT = re.compile(r"^-?\d+(?:\s*[期篇])?(?=\s|$)|(?<=\s)-?\d+(?:\s*[期篇])?$")


async def latest(request: Request) -> list[Answer]:
    """Show the newest digest, or the newest few, or those of a category."""
    async with request.services.database.snapshot() as tx:
        known = await look(tx, request)
    # No site's categories are near so long, and each word more is looked up among all of them.
    count, named = _read(request.words, known) if len(request.words) <= _LONGEST else (0, ())
    if not 1 <= count <= _MOST or len(named) > 1:
        example, _ = examples(request.language, known.carried)
        return [Answer(phrase(request.language, "latest-usage", most=_MOST, example=example))]
    return await _newest(request, known, count=count, category=named[0] if named else None)


async def show_latest(request: Request, tap: ShowLatest) -> Reaction:
    """Show the newest digest below the message whose button was pressed."""
    async with request.services.database.snapshot() as tx:
        known = await look(tx, request)
    category = known.category_with(tap.category_id)
    if tap.category_id and category is None:
        return out_of_date(request.language)
    return Add(await _newest(request, known, count=1, category=category))


def _read(words: str, known: Known) -> tuple[int, Sequence[Category]]:
    """Tell how many are wanted from the categories; `Web 3` may be one of these."""
    named = read_names(words, known.spellings)
    number = _COUNT.search(words)
    if number is None or (number[0] != words and len(named) == 1 and known.is_carried(named[0])):
        return 1, named
    rest = words[: number.start()] + words[number.end() :]
    # Cut, for Python reads no number of thousands of digits; it stays too large.
    return int(number[0].rstrip("期篇 ")[:4]), read_names(rest, known.spellings)


async def _newest(request: Request, known: Known, *, count: int, category: Category | None) -> list[Answer]:
    async with request.services.database.snapshot() as tx:
        now, folded = request.services.clock.now(), category.folded if category else None
        newest = await latest_digests(tx, now=now, limit=count, category=folded)
        editions = [await in_their_language(tx, each.id, request.reads, now=now) for each in newest]
    found = [each for each in editions if each is not None]
    if not found:
        return [_no_digest_of(request.language, known, category) if category else _no_digest(request)]
    if count == 1:
        return await browsable(request, found[0], category_id=known.id_of(category) if category else 0)
    # The newest last, next to where the person writes.
    if request.in_group:
        return [answer for each in reversed(found) for answer in await browsable(request, each)]
    layout = request.preferences.layout
    return [answer for each in reversed(found) for answer in await as_delivered(request, each, layout=layout)]


def _no_digest(request: Request) -> Answer:
    offers = [] if request.preferences.everything else [everything_button(request.language)]
    return Answer(phrase(request.language, "no-digests"), keyboard=keyboard(offers))


def _no_digest_of(language: str, known: Known, category: Category) -> Answer:
    meant = nearest(category, known.carried)
    sentences = [phrase(language, "no-digest-of", category=quoted(language, [category]))]
    if meant:
        sentences.append(phrase(language, "did-you-mean"))
    offers = packed(button(other.name, ShowLatest(known.id_of(other))) for other in meant)
    return Answer("\n".join(sentences), keyboard=keyboard(*(offers or [[latest_button(language)]])))
