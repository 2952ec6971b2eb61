"""What a person types that is no command: the answer to a question of ours, else words to look for."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.chat.allow import allow_forwarded
from bot.chat.announce import is_awaited, take_announcement
from bot.chat.answer import Answer
from bot.chat.categories import find_category
from bot.chat.ending import footer_typed, links_typed, signature_typed
from bot.chat.follow import follow_typed, mute_typed
from bot.chat.help import not_understood
from bot.chat.request import Request
from bot.chat.search import look_for
from bot.chat.why import why_forwarded
from bot.chat.zone import find_place
from bot.messages.phrases import languages, phrase

Prompted = Callable[[Request], Awaitable[Sequence[Answer]]]

# By the phrase that a question ends with, who takes what is typed in reply to it (`ForceReply`): one without facts, so
# that its words alone tell, after a restart too.
PROMPTS: Mapping[str, Prompted] = {
    "category-sought": find_category,
    "words-to-follow": follow_typed,
    "words-to-mute": mute_typed,
    "place-sought": find_place,
    "announcement-sought": take_announcement,
    "footer-sought": footer_typed,
    "signature-sought": signature_typed,
    "links-sought": links_typed,
}


async def typed(request: Request) -> Sequence[Answer]:
    """Take *request* to whom it answers; a command that there is not is said so, and other words are looked for."""
    prompted = _asker(request.answers)
    if prompted is not None:
        return await prompted(request)
    if await is_awaited(request):
        return await take_announcement(request)
    if request.message and request.message.forward_origin:
        explained = await allow_forwarded(request) or await why_forwarded(request)
        if explained:
            return explained
    if request.text.startswith("/") or not request.text:
        return await not_understood(request)
    return [await look_for(request, request.text, hint=phrase(request.language, "typed-hint"))]


async def shared(request: Request) -> Sequence[Answer]:
    """Take what came by way of a bot as the announcement that is awaited; of any other nothing is asked."""
    is_asked = _asker(request.answers) is take_announcement or await is_awaited(request)
    return await take_announcement(request) if is_asked and request.is_operator else []


def is_prompted(request: Request) -> bool:
    """Say whether it answers a question of ours."""
    return _asker(request.answers) is not None


def _asker(question: str) -> Prompted | None:
    """Find whose *question* it is, in whichever of our languages it was asked."""
    if not question:
        return None
    asked = (
        prompted
        for name, prompted in PROMPTS.items()
        if any(question.endswith(phrase(language, name)) for language in languages())
    )
    return next(asked, None)
