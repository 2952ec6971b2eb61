"""An announcement as the Bot API takes it: pure."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from storage.model import Content

# By what each method calls the picture or file.
_FILES = {"sendPhoto": "photo", "sendDocument": "document"}


def encode(content: Content, *, plain: bool = False, silent: bool = False, paid: bool = False) -> bytes:
    """Write it for any chat; *plain*: without its styles and buttons. *paid*: it may go beyond Telegram's free rate."""
    body: dict[str, Any] = dict(_said(content))
    if content.entities and not plain:
        body["entities" if content.file_id is None else "caption_entities"] = content.entities
    if content.buttons and not plain:
        body["reply_markup"] = {"inline_keyboard": keyboard(content.buttons)}
    if silent:
        body["disable_notification"] = True
    if paid:
        body["allow_paid_broadcast"] = True
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def keyboard(rows: Sequence[Sequence[tuple[str, str]]]) -> list[list[dict[str, str]]]:
    """Give rows of buttons as the Bot API takes them, each of its label and its address."""
    return [[{"text": label, "url": url} for label, url in row] for row in rows]


def _said(content: Content) -> Iterator[tuple[str, Any]]:
    if content.file_id is None:
        yield "text", content.text
        # As everywhere here: what somebody links to does not crowd out what they say.
        yield "link_preview_options", {"is_disabled": True}
        return
    yield _FILES[content.method], content.file_id
    if content.text:
        yield "caption", content.text
