"""Control: people write, send pictures and files, share where they are, and forward what others wrote."""

import binascii
import mimetypes
from base64 import b64decode
from typing import Any

from aiohttp import web

from bot.sandbox.control.asked import body_of, chat_named, message_named, person_of, place_of
from bot.sandbox.errors import ControlError
from bot.sandbox.files import kept_document, kept_photo
from bot.sandbox.parameters import Upload
from bot.sandbox.saying import Said, forward, say, typed
from bot.sandbox.shown import message_shown
from bot.sandbox.state import Sandbox

Body = dict[str, Any]


async def says(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/people/{person}/says`: write a text, send a *photo* or *document*, or share a *location*."""
    person = person_of(sandbox, request)
    body = await body_of(request)
    message = say(sandbox, person, place_of(sandbox, person, body), _said(sandbox, body))
    return web.json_response(message_shown(message, sandbox.bot))


def _said(sandbox: Sandbox, body: Body) -> Said:
    text, entities = str(body.get("text", "")), body.get("entities")
    if location := body.get("location"):
        return Said(location=(float(location["latitude"]), float(location["longitude"])))
    if photo := body.get("photo"):
        return Said(typed(sandbox.judge, text, entities, is_caption=True), photo=kept_photo(sandbox, _file(photo)))
    if document := body.get("document"):
        caption = typed(sandbox.judge, text, entities, is_caption=True)
        return Said(caption, document=kept_document(sandbox, _file(document)))
    if not text.strip():
        raise ControlError(400, "text is missing")
    return Said(typed(sandbox.judge, text, entities))


def _file(given: Body) -> Upload:
    """A file by its *name* and its *content*, as Base64."""
    name = str(given.get("name") or "file")
    try:
        content = b64decode(str(given.get("content")), validate=True)
    except binascii.Error as error:
        raise ControlError(400, f"the content of {name} is no Base64: {error}") from error
    return Upload(name, mimetypes.guess_type(name)[0] or "application/octet-stream", content)


async def forwards(sandbox: Sandbox, request: web.Request) -> web.Response:
    """`POST /sandbox/people/{person}/forwards`: send the message *message_id* of *from_chat_id* on."""
    person = person_of(sandbox, request)
    body = await body_of(request)
    original = message_named(chat_named(sandbox, body.get("from_chat_id")), body.get("message_id"))
    message = forward(sandbox, person, original, place_of(sandbox, person, body))
    return web.json_response(message_shown(message, sandbox.bot))
