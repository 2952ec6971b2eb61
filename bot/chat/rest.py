"""The button under the last part of a long digest: it sends what the parts left out."""

from bot.chat.answer import AddOnce, Reaction, Toast
from bot.chat.as_delivered import as_delivered
from bot.chat.request import Request
from bot.messages.phrases import phrase
from bot.messages.rest import asked_for
from bot.messages.taps import ShowRest
from storage.digests import readable_digest


async def show_rest(request: Request, tap: ShowRest) -> Reaction:
    """Send the parts that follow, as many as a digest may have, of the revision that the person began to read."""
    async with request.services.database.snapshot() as tx:
        now = request.services.clock.now()
        stored = await readable_digest(tx, tap.digest_id, revision=tap.revision, now=now)
    asked = asked_for(tap)
    if stored is not None and asked is not None:
        layout, start = asked
        answers = await as_delivered(request, stored, layout=layout, start=start)
        if answers:
            return AddOnce(answers)
    return Toast(phrase(request.language, "old-digest"))
