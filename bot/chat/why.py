"""`/why`: what brought a digest, or kept it away."""

from bot.chat.answer import Reaction
from bot.chat.outlook import out_of_date
from bot.chat.request import Request
from bot.messages.taps import Why


async def why_this(request: Request, _: Why) -> Reaction:
    """Say what brought the digest whose button was pressed."""
    return out_of_date(request.language)
