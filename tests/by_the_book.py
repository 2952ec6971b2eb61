"""A second opinion: what any test lets a bot ask of the sandbox must fit aiogram's models of the same methods, too.

Tests get their sandboxes here and nowhere else, so that none forgets it.
"""

import json
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from bot.sandbox import process, server
from bot.sandbox.client import Telegram, connect
from bot.sandbox.state import Sandbox

Parameters = Mapping[str, Any]
# A method and what came with it.
Asked = tuple[str, Parameters]

# What aiogram asks of rights since Bot API 10.1 and later, and python-telegram-bot with its 10.0 does not know yet.
NEWER = {"can_send_welcome_messages": False}


@asynccontextmanager
async def serve(sandbox: Sandbox, *, port: int = 0) -> AsyncIterator[str]:
    """Serve *sandbox* until the block ends; then every call that it took must be one that aiogram could have made.

    What it refused it refused for a reason: tests of refusals ask for what cannot be.
    """
    async with server.serve(sandbox, port=port) as address:
        yield address
    check((call.method, call.parameters) for call in sandbox.calls.kept if call.outcome != "refused")


@asynccontextmanager
async def start(*, token: str) -> AsyncIterator[str]:
    """The same with a sandbox in a process of its own."""
    async with process.start(token=token) as address:
        yield address
        async with connect(address) as telegram:
            await check_log(telegram)


async def check_log(telegram: Telegram) -> None:
    """Look at all that a sandbox in another process was asked."""
    check((call.method, call.parameters) for call in await telegram.calls() if call.outcome != "refused")


def check(calls: Iterable[Asked]) -> None:
    """Fail on the calls that aiogram has complaints about."""
    found = [f"{method}: {complaint}" for method, asked in calls for complaint in complaints(method, asked)]
    if found:
        raise AssertionError("\n".join(found))


def complaints(method: str, asked: Parameters) -> Iterator[str]:
    """What aiogram would say of a call: a parameter that there is not, a value that cannot be."""
    model = _model(method)
    if model is None:
        yield "no such method"
        return
    uploads = {f"attach://{name}" for name, value in asked.items() if _is_upload(value)}
    known = {name: value for name, value in asked.items() if name in model.model_fields}
    for name in asked.keys() - known.keys():
        if f"attach://{name}" not in uploads:
            yield f"no parameter {name}"
    try:
        call = model.model_validate({name: _completed(_decoded(model, name, value)) for name, value in known.items()})
    except ValidationError as error:
        yield str(error)
        return
    yield from _strangers(call)


@cache
def _model(method: str) -> type[BaseModel] | None:
    # A second, and tests that ask nothing need not wait for it.
    from aiogram import methods  # noqa: PLC0415

    return getattr(methods, method[:1].upper() + method[1:], None)


def _is_upload(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"file", "size"}


def _decoded(model: type[BaseModel], name: str, value: object) -> object:
    """A value as a library would hold it before it went on its way as text or as a file."""
    from aiogram.types import BufferedInputFile  # noqa: PLC0415

    if isinstance(value, dict) and _is_upload(value):
        return BufferedInputFile(b"", str(value["file"]))
    if not isinstance(value, str) or _is_text(model, name):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _completed(part: object) -> object:
    """*part* with what is newer in the rights that it names."""
    if isinstance(part, list):
        return [_completed(each) for each in part]
    if not isinstance(part, dict):
        return part
    newer = NEWER if "can_manage_chat" in part else {}
    return newer | {name: _completed(value) for name, value in part.items()}


@cache
def _is_text(model: type[BaseModel], name: str) -> bool:
    return str in _alternatives(model.model_fields[name].annotation)


def _alternatives(annotation: object) -> Iterator[object]:
    """The types of a union, however deep."""
    if get_origin(annotation) not in (Union, UnionType):
        yield annotation
        return
    for kind in get_args(annotation):
        yield from _alternatives(kind)


def _strangers(part: object) -> Iterator[str]:
    """Fields that aiogram's models do not have, anywhere in *part*: it would send them unseen."""
    if isinstance(part, BaseModel):
        for name in part.model_extra or {}:
            yield f"{type(part).__name__} has no field {name}"
        for name in part.model_fields_set & type(part).model_fields.keys():
            yield from _strangers(getattr(part, name))
    if isinstance(part, list):
        for each in part:
            yield from _strangers(each)
