"""The parameters of one call, read from query string, JSON, form and multipart alike."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.errors import ApiError, bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    """Named values, as text or as the JSON that they came as; a missing one reads as empty."""

    values: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The value as the Bot API server sees it: every argument is text to it."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return str(value) if type(value) is int else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """The number at the value's beginning; *default* when it is missing or none."""
        value = self.values.get(name)
        if isinstance(value, int):
            return int(value)
        found = re.match(r"-?\d+", self.text(name))
        return int(found[0]) if found else default

    def flag(self, name: str) -> bool:
        """Whether the value says yes."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def structure(self, name: str, *, unreadable: str) -> Any:  # noqa: ANN401 JSON can be anything, the caller looks
        """The JSON value, or None; text that is no JSON is refused with the words *unreadable*."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(unreadable) from error

    def forgiven(self, name: str) -> Any:  # noqa: ANN401 as above
        """The JSON value, or None; text that is no JSON is None too."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            return None

    def shown(self) -> dict[str, Any]:
        """The parameters as the log keeps them: files by name and size."""
        if not self.uploads:
            return self.values
        files = {name: {"file": upload.name, "size": len(upload.content)} for name, upload in self.uploads.items()}
        return self.values | files


async def read_parameters(request: web.Request) -> Parameters:
    """Everything the caller said; where two places name one parameter the query string wins, as it does there."""
    asked = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return Parameters(asked)
    match request.content_type:
        case "application/json":
            return Parameters(_decoded(await request.read()) | asked)
        case "multipart/form-data":
            return await _read_multipart(request, asked)
        case "application/x-www-form-urlencoded":
            return Parameters(dict(parse_qsl((await request.read()).decode(), keep_blank_values=True)) | asked)
        case _:
            return Parameters(asked)


def _decoded(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body)
    except ValueError as error:
        raise bad_request("can't parse JSON body") from error
    if not isinstance(values, dict):
        raise ApiError(400, "Bad Request: JSON object expected as request body")
    return values


async def _read_multipart(request: web.Request, asked: dict[str, str]) -> Parameters:
    values: dict[str, Any] = {}
    uploads: dict[str, Upload] = {}
    for name, part in (await request.post()).items():
        if isinstance(part, web.FileField):
            uploads[name] = Upload(part.filename, part.content_type, part.file.read())
        else:
            values[name] = part if isinstance(part, str) else bytes(part).decode()
    return Parameters(values | asked, uploads)
