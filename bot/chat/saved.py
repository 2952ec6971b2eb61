"""`/saved`: what a person wants to find again, and the button that saves it."""

from bot.chat.answer import Reaction, Toast
from bot.chat.request import Request
from bot.messages.phrases import phrase
from bot.messages.taps import Save
from storage import bookmarks

# Bounds what one person can store; nobody reads so many.
MOST = 1_000


async def save(request: Request, tap: Save) -> Reaction:
    """Save an item or a whole digest, or let it go; whoever stopped may too."""
    digest_id, item_id = tap.digest_id, tap.item_id
    async with request.services.database.transaction() as tx:
        subscriber = await request.ensure_known(tx)
        if not tap.on:
            await bookmarks.unsave(tx, subscriber.id, digest_id, item_id)
            return Toast(phrase(request.language, "saved-no-more"))
        if not await bookmarks.is_saved(tx, subscriber.id, digest_id, item_id):
            if await bookmarks.count_bookmarks(tx, subscriber.id) >= MOST:
                return Toast(phrase(request.language, "saved-full", most=MOST))
            if not await bookmarks.save(tx, subscriber.id, digest_id, item_id, now=request.services.clock.now()):
                return Toast(phrase(request.language, "old-digest"))
    return Toast(phrase(request.language, "saved-now"))
