"""`/mydata`: all that is kept of a person, as a file."""

import json
from typing import Any

from bot.chat.answer import Answer, File
from bot.chat.request import Request
from bot.messages.phrases import phrase
from storage.privacy import Rows, kept_of
from storage.time import NEVER_MILLIS, from_millis

# Columns that hold Unix milliseconds.
_TIMES = ("_at", "_since", "_until", "until")


async def mydata(request: Request) -> list[Answer]:
    """Send what is kept of whoever asks, and nothing about anybody else."""
    async with request.services.database.snapshot() as tx:
        kept = await kept_of(tx, request.chat_id)
    if not kept:
        return [Answer(phrase(request.language, "mydata-nothing"))]
    content = json.dumps({name: _readable(rows) for name, rows in kept.items()}, ensure_ascii=False, indent=1)
    return [Answer(phrase(request.language, "mydata"), file=File("mydata.json", content.encode()))]


def _readable(rows: Rows) -> Rows:
    return [{column: _value(column, value) for column, value in row.items()} for row in rows]


def _value(column: str, value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Write a time as people read it; one that never comes is none."""
    if not column.endswith(_TIMES) or not isinstance(value, int):
        return value
    return None if value >= NEVER_MILLIS else from_millis(value).isoformat()
