"""What a test sees of a sandbox: messages, answers and calls as plain values."""

from dataclasses import dataclass
from typing import Any


class SandboxError(AssertionError):
    """The sandbox did not do what a test asked, or what a test waited for did not come."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message in a chat; *raw* is the Bot API's whole object."""

    id: int
    text: str
    entities: tuple[dict[str, Any], ...]
    # The texts of the inline keyboard, row by row.
    buttons: tuple[tuple[str, ...], ...]
    from_bot: bool
    edited: bool
    # "Ada renamed the group" and the like.
    is_service: bool
    raw: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a press brought: the toast or *alert* that the person saw."""

    text: str
    alert: bool
    url: str


@dataclass(frozen=True, slots=True)
class Results:
    """What the bot offered to an inline query, in the Bot API's own objects."""

    query_id: str
    results: tuple[dict[str, Any], ...]
    next_offset: str
    # None: no button above the results.
    button: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot; *outcome* is open, held, answered, refused, dropped, garbled or hung up."""

    number: int
    method: str
    parameters: dict[str, Any]
    # Unix seconds.
    at: float
    outcome: str
    # None: no answer of the Bot API went out.
    answer: dict[str, Any] | None
    # Of a held one: whether it was carried out already.
    accepted: bool | None = None


def read_message(raw: dict[str, Any]) -> Message:
    """A message of the Bot API."""
    rows = raw.get("reply_markup", {}).get("inline_keyboard", [])
    return Message(
        id=raw["message_id"],
        text=raw.get("text", raw.get("caption", "")),
        entities=tuple(raw.get("entities", raw.get("caption_entities", []))),
        buttons=tuple(tuple(button["text"] for button in row) for row in rows),
        from_bot=raw["from_bot"],
        edited="edit_date" in raw,
        is_service=not raw.keys() & {"text", "caption", "document", "photo", "location"},
        raw=raw,
    )


def read_results(raw: dict[str, Any]) -> Results:
    """An inline query that was answered."""
    answer = raw["answer"]
    return Results(raw["query_id"], tuple(answer["results"]), answer["next_offset"], answer["button"])


def read_call(raw: dict[str, Any]) -> Call:
    """A call of the log."""
    return Call(
        raw["number"],
        raw["method"],
        raw["parameters"],
        raw["at"],
        raw["outcome"],
        raw["answer"],
        raw.get("accepted"),
    )
