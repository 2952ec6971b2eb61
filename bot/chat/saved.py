"""`/saved`: what a person wants to find again, and the button that saves it."""

from bot.chat.answer import Add, Answer, File, Reaction, Replace, Toast, Turn
from bot.chat.browse import browsable
from bot.chat.keyboards import save_button
from bot.chat.request import Request
from bot.chat.saved_list import ON_A_PAGE, ExportSaved, LetGo, OpenSaved, Shelf, ShowSaved, as_markdown, lay_out
from bot.messages.phrases import phrase
from bot.messages.taps import Save
from storage import bookmarks
from storage.bookmarks import WHOLE_DIGEST
from storage.database import Transaction
from storage.digests import digest_by_id

# Bounds what one person can store; nobody reads so many.
MOST = 1_000


async def saved(request: Request) -> list[Answer]:
    """Show what is saved, the newest first."""
    async with request.services.database.snapshot() as tx:
        return [lay_out(request.language, await _shelf(tx, request, page=0))]


async def show_saved(request: Request, tap: ShowSaved) -> Reaction:
    """Show another page of it, to be read or to be let go."""
    async with request.services.database.snapshot() as tx:
        shelf = await _shelf(tx, request, page=tap.page)
    return Replace(lay_out(request.language, shelf, removing=bool(tap.removing)))


async def save(request: Request, tap: Save) -> Reaction:
    """Save an item or a whole digest, or let it go; whoever stopped may too."""
    digest_id, item_id = tap.digest_id, tap.item_id
    async with request.services.database.transaction() as tx:
        subscriber = await request.ensure_known(tx)
        if not tap.on:
            await bookmarks.unsave(tx, subscriber.id, digest_id, item_id)
            return Turn(phrase(request.language, "saved-no-more"), save_button(request.language, digest_id, item_id))
        if not await bookmarks.is_saved(tx, subscriber.id, digest_id, item_id):
            if await bookmarks.count_bookmarks(tx, subscriber.id) >= MOST:
                return Toast(phrase(request.language, "saved-full", most=MOST))
            if not await bookmarks.save(tx, subscriber.id, digest_id, item_id, now=request.services.clock.now()):
                return Toast(phrase(request.language, "old-digest"))
    turned = save_button(request.language, digest_id, item_id, saved=True)
    return Turn(phrase(request.language, "saved-now"), turned)


async def let_go(request: Request, tap: LetGo) -> Reaction:
    """Save one no longer, and show what is left."""
    async with request.services.database.transaction() as tx:
        if request.subscriber:
            await bookmarks.unsave(tx, request.subscriber.id, tap.digest_id, tap.item_id)
        shelf = await _shelf(tx, request, page=tap.page)
    return Replace(lay_out(request.language, shelf, removing=True))


async def open_saved(request: Request, tap: OpenSaved) -> Reaction:
    """Show a digest that is saved, even one whose file is gone."""
    async with request.services.database.snapshot() as tx:
        mine = request.subscriber and await bookmarks.is_saved(tx, request.subscriber.id, tap.digest_id, WHOLE_DIGEST)
        stored = await digest_by_id(tx, tap.digest_id) if mine else None
    if stored is None:
        return Toast(phrase(request.language, "saved-no-more"))
    return Add(await browsable(request, stored))


async def export_saved(request: Request, _: ExportSaved) -> Reaction:
    """Send all that is saved as a Markdown file."""
    language, now = request.language, request.services.clock.now()
    if request.subscriber is None:
        return Toast(phrase(language, "saved-nothing"))
    async with request.services.database.snapshot() as tx:
        all_ = [each async for each in bookmarks.all_bookmarks(tx, request.subscriber.id)]
    file = File(f"saved-{now:%Y-%m-%d}.md", as_markdown(language, all_).encode())
    return Add([Answer(phrase(language, "saved-count", count=len(all_)), file=file)])


async def _shelf(tx: Transaction, request: Request, *, page: int) -> Shelf:
    """See what is on the page; where there is no such page, on the last."""
    if request.subscriber is None:
        return Shelf((), 0, 0)
    count = await bookmarks.count_bookmarks(tx, request.subscriber.id)
    page = min(page, max(0, count - 1) // ON_A_PAGE)
    found = await bookmarks.bookmarks(tx, request.subscriber.id, limit=ON_A_PAGE, offset=page * ON_A_PAGE)
    return Shelf(tuple(found), page, count)
