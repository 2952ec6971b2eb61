"""What people do in inline mode: type `@bot words` in a chat, and choose what the bot offers."""

from bot.sandbox.errors import ControlError
from bot.sandbox.hearing import tell
from bot.sandbox.inline import InlineQuery
from bot.sandbox.messages import Message
from bot.sandbox.people import User, user_json
from bot.sandbox.saying import Place, check_place
from bot.sandbox.services import sign
from bot.sandbox.state import Sandbox


def ask(sandbox: Sandbox, person: User, place: Place, text: str, *, offset: str = "") -> InlineQuery:
    """Type the bot's name and *text*; the bot hears of it though it may not be in that chat."""
    check_place(person, place)
    now = sandbox.clock.now()
    query = sandbox.inline.ask(person, place.chat, text, offset=offset, at=now)
    sandbox.updates.add("inline_query", query.update(), now=now)
    return query


def choose(sandbox: Sandbox, person: User, query: InlineQuery, result_id: str, place: Place) -> Message:
    """Send one of the results as the person's own message, via the bot."""
    results = query.answer["results"] if query.answer else []
    result = next((result for result in results if result["id"] == result_id), None)
    if result is None or query.person is not person:
        raise ControlError(404, f"{person.first_name} was offered no result {result_id!r}")
    check_place(person, place)
    chat = place.chat
    message = Message(sandbox.next_message_id(chat), chat, person, int(sandbox.clock.now()))
    message.text, message.entities = result["content"]["text"], result["content"]["entities"]
    message.topic_id, message.via_bot = place.topic_id, sandbox.bot
    message.keyboard = result["reply_markup"]
    sign(message)
    if message.keyboard:
        sandbox.inline.keep(message)
    sandbox.put(message)
    tell(sandbox, message)
    chosen = {"from": user_json(person), "query": query.text, "result_id": result_id}
    if message.inline_id:
        chosen["inline_message_id"] = message.inline_id
    sandbox.updates.add("chosen_inline_result", chosen, now=sandbox.clock.now())
    return message
