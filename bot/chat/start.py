"""`/start`: the first minute, and the way back."""

from bot.chat.answer import Answer
from bot.chat.outlook import outlook
from bot.chat.request import Request
from bot.messages.choices import state
from bot.messages.phrases import phrase


async def start(request: Request) -> list[Answer]:
    """Say in two lines what this is and how it is had; whoever returns is told what they get."""
    async with request.services.database.transaction() as tx:
        preferences = (await request.ensure_subscriber(tx)).preferences
    language = request.language
    chose = preferences.everything or bool(preferences.categories)
    second = state(language, preferences) if chose else phrase(language, "welcome-choose")
    return [outlook(language, preferences, [phrase(language, "welcome"), second])]
