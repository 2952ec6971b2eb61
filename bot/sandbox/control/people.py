"""Control: people appear, press, block and come back."""

from datetime import timedelta

from aiohttp import web

from bot.sandbox import actions
from bot.sandbox.chats import PRESENT
from bot.sandbox.control.asked import body_of, chat_named, person_of
from bot.sandbox.control.shown import person_shown
from bot.sandbox.errors import ControlError
from bot.sandbox.people import User
from bot.sandbox.shown import chat_shown
from bot.sandbox.signal import until
from bot.sandbox.state import Sandbox


async def add(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/people`: create one."""
    body = await body_of(request)
    person = User(
        id=int(body.get("id", 0)),
        first_name=str(body.get("first_name") or "Somebody"),
        last_name=str(body.get("last_name", "")),
        username=str(body.get("username", "")),
        language=str(body.get("language", "")),
    )
    if person.id in sandbox.chats or person.id < 0 or person.id == sandbox.bot.id:
        raise ControlError(409, f"{person.id} is taken or no id of a person")
    return web.json_response(person_shown(sandbox, sandbox.add_person(person)))


async def crowd(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/crowd`: create *number* people at once, who started the bot so long ago that no update tells."""
    body = await body_of(request)
    name, language = str(body.get("first_name") or "Reader"), str(body.get("language", ""))
    people = [
        sandbox.add_person(User(0, f"{name} {count}", language=language))
        for count in range(1, int(body.get("number", 1)) + 1)
    ]
    for person in people:
        actions.meet(sandbox, sandbox.chats[person.id])
    return web.json_response({"people": [person_shown(sandbox, person) for person in people]})


async def chats(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`GET /sandbox/people/{person}/chats`: what that person's list of chats shows, the newest first."""
    person = person_of(sandbox, request)
    mine = [chat for chat in sandbox.chats.values() if chat.person is person or chat.status(person.id) in PRESENT]
    # Not by id: each supergroup counts its messages by itself.
    mine.sort(key=lambda chat: chat.messages[max(chat.messages)].date if chat.messages else 0, reverse=True)
    return web.json_response({"chats": [chat_shown(chat, sandbox.bot) for chat in mine]})


async def presses(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/people/{person}/presses`: press a button and, for *wait* seconds, await the bot's answer."""
    person = person_of(sandbox, request)
    body = await body_of(request)
    chat = chat_named(sandbox, body.get("chat_id", person.id))
    tap = actions.press(
        sandbox, person, chat, actions.Button(body.get("button"), body.get("data"), body.get("message_id"))
    )
    wait = timedelta(seconds=float(body.get("wait", 0)))
    await until(sandbox.taps.answered, lambda: tap.answer, within=wait)
    return web.json_response(tap.shown())


async def blocks(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/people/{person}/blocks`: block the bot."""
    person = person_of(sandbox, request)
    actions.block(sandbox, person)
    return web.json_response(person_shown(sandbox, person))


async def unblocks(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/people/{person}/unblocks`: let the bot write again."""
    person = person_of(sandbox, request)
    actions.unblock(sandbox, person)
    return web.json_response(person_shown(sandbox, person))


async def hides(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/people/{person}/hides`: be forwarded by name only, unless *hidden* is false."""
    person = person_of(sandbox, request)
    body = await body_of(request)
    actions.hide_name(sandbox, person, hidden=bool(body.get("hidden", True)))
    return web.json_response(person_shown(sandbox, person))


async def deactivates(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/people/{person}/deactivates`: delete the account."""
    person = person_of(sandbox, request)
    actions.deactivate(sandbox, person)
    return web.json_response(person_shown(sandbox, person))
