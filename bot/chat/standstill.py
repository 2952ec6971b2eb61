"""That nothing comes where something was chosen, said wherever the choice is shown, and the button that ends it."""

from dataclasses import dataclass

from bot.chat.keyboards import Button, button
from bot.chat.request import Request
from bot.messages.choices import gets_anything
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.model import SubscriberState


@tap("return")
@dataclass(frozen=True, slots=True)
class Return(Tap):
    """Again what came before it was stopped."""


def standstill(request: Request) -> list[str]:
    """Say in one line that nothing comes, and why; nothing where it does, where none is chosen, or of another chat.

    Of a chat that is set up from elsewhere `posting` tells it.
    """
    subscriber = request.subscriber
    if subscriber is None or request.managed or not gets_anything(subscriber.preferences):
        return []
    if subscriber.state is SubscriberState.ACTIVE:
        return []
    return [phrase(request.language, "standstill", state=str(subscriber.state), whom=request.whom)]


def ended(request: Request) -> list[str]:
    """Say in one line that all that was chosen comes again, where nothing came until what was asked for just now."""
    return [phrase(request.language, "standstill-ended")] if standstill(request) else []


def return_row(request: Request) -> list[Button]:
    """Offer to let it come again, where nothing comes."""
    return [button(phrase(request.language, "button-return"), Return())] if standstill(request) else []
