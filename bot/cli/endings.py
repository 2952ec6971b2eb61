"""What stands under a group's or channel's digests, as a line of `digest-bot subscribers` tells it and is read."""

from collections.abc import Mapping
from typing import Any, TypeVar

from bot.messages.ending_read import Links, Problem, checked_links, read_footer, read_signature
from bot.messages.entities import as_bot_api, from_bot_api
from bot.messages.phrases import phrase
from storage.model import NO_ENDING, Ending, FormattedText

Read = TypeVar("Read")

_KEYS = ("footer", "footer_entities", "signature", "buttons")


def told_ending(ending: Ending) -> dict[str, Any]:
    """Tell what it is, styles as the Bot API has them; what is not there is left out."""
    told = {
        "footer": ending.footer.text,
        "footer_entities": as_bot_api(ending.footer.text, ending.footer.entities),
        "signature": ending.signature,
        "buttons": [list(link) for link in ending.links],
    }
    return {key: value for key, value in told.items() if value}


def read_ending(told: Mapping[str, Any]) -> Ending:
    """Read the `ending` of a line, if it has any; ValueError says what is wrong."""
    said = told.get("ending", {})
    if not isinstance(said, dict) or said.keys() - set(_KEYS):
        raise ValueError(f"ending must be an object of {', '.join(_KEYS)}, and is {said!r}")
    if said and told.get("type", "private") == "private":
        raise ValueError("ending is for groups and channels, and this is a private chat")
    return Ending(_footer(said), _signature(said), _links(said)) if said else NO_ENDING


def _footer(said: Mapping[str, Any]) -> FormattedText:
    if "footer" not in said:
        return NO_ENDING.footer
    try:
        footer = from_bot_api(_text(said["footer"]), said.get("footer_entities", []))
    except (KeyError, TypeError):
        raise ValueError("ending: footer_entities must be a list of the Bot API's MessageEntity") from None
    return _unless_problem("footer", read_footer(footer))


def _signature(said: Mapping[str, Any]) -> str:
    return _unless_problem("signature", read_signature(_text(said["signature"]))) if "signature" in said else ""


def _links(said: Mapping[str, Any]) -> Links:
    match said.get("buttons", []):
        case [*buttons] if all(isinstance(each, list) and len(each) == len(("text", "url")) for each in buttons):
            return _unless_problem("buttons", checked_links([(_text(label), _text(url)) for label, url in buttons]))
        case other:
            raise ValueError(f'ending: buttons must be like [["Website", "https://example.org"]], and are {other!r}')


def _text(said: object) -> str:
    if not isinstance(said, str):
        raise ValueError(f"ending: a text must be one, and is {said!r}")  # noqa: TRY004 - one kind of error for all
    return said


def _unless_problem(key: str, read: Read | Problem) -> Read:
    if isinstance(read, Problem):
        wrong = phrase("en", read.name, most=read.most, count=read.count, words=read.words)
        raise ValueError(f"ending: {key}: {wrong}")  # noqa: TRY004 - as above
    return read
