"""Read one value of a setting from what an operator wrote; a ValueError says what is wrong with it and the remedy."""

import math
import re
from collections.abc import Callable
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, UnknownLocaleError
from pydantic import BeforeValidator

from bot.redaction import without_password

# More at once is no digest but a flood, and Telegram would hold up the chat for minutes.
_MOST_PARTS = 50


def reading(parse: Callable[[str], object]) -> BeforeValidator:
    """Read the text that an operator gives; values that our own code hands over pass as they are."""
    return BeforeValidator(lambda value: parse(value.strip()) if isinstance(value, str) else value)


def token(text: str) -> str:
    """Read a bot token."""
    # Real ones have 35 characters after the colon; those of the sandbox and of test servers are shorter.
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", text, re.ASCII):
        raise ValueError("does not look like a bot token (digits, a colon, 35 letters); copy it whole from @BotFather")
    return text


def path(text: str) -> Path:
    """Read the path of a file or folder."""
    if not text:
        raise ValueError("is blank; give a path or remove it")
    return Path(text).expanduser()


def web_address(text: str) -> str:
    """Read the address of a site or server."""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment or re.search(r"\s", text):
        raise ValueError(f"{without_password(text)!r} is no web address; write it like https://example.org")
    return text.rstrip("/")


def public_address(text: str) -> str:
    """Read the address of a site as every reader is given it, in links."""
    address = web_address(text)
    if "@" in urlsplit(address).netloc:
        raise ValueError(
            f"has a name or password in it, which every reader would see; write {without_password(address)}"
        )
    return address


def user_ids(text: str) -> tuple[int, ...]:
    """Read Telegram user ids with commas between."""
    parts = [part.strip() for part in text.split(",")]
    if not all(re.fullmatch(r"\d{1,18}", part, re.ASCII) for part in parts if part):
        raise ValueError(f"{text!r} is no list of user ids; write numbers with commas between, like 12345,67890")
    return tuple(dict.fromkeys(int(part) for part in parts if part))


def positive(text: str) -> float:
    """Read a number above 0."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    # A NaN is never above 0.
    if not number > 0 or math.isinf(number):
        raise ValueError(f"{text!r} is not a number above 0; write it like 30 or 0.5")
    return number


def seconds(text: str) -> timedelta:
    """Read a time in seconds."""
    return _times(positive(text), timedelta(seconds=1))


def hours(text: str) -> timedelta | None:
    """Read a time in hours; 0: none."""
    return None if re.fullmatch(r"0+(\.0*)?", text, re.ASCII) else _times(positive(text), timedelta(hours=1))


def _times(number: float, unit: timedelta) -> timedelta:
    # Cut first: a timedelta of 1e300 overflows.
    span = unit * min(number, 1e10)
    # More than a century overflows dates, less than a millisecond is a hot loop.
    if not timedelta(milliseconds=1) <= span <= timedelta(days=36500):
        raise ValueError(f"{number:g} is out of reach; write it like 24 or 60")
    return span


def zone(text: str) -> ZoneInfo:
    """Read the name of a time zone."""
    try:
        return ZoneInfo(text)
    # A folder of zones (`Asia`) is an OSError, a path a ValueError, an unknown name a KeyError.
    except (KeyError, ValueError, OSError):
        nearest = get_close_matches(text, available_timezones(), n=1)
    raise ValueError(
        f"{text!r} is no time zone; " + (f"did you mean {nearest[0]}?" if nearest else "try Asia/Shanghai")
    )


def switch(text: str) -> bool:
    """Read whether something is on."""
    match text.lower():
        case "1" | "true" | "yes" | "on":
            return True
        case "0" | "false" | "no" | "off":
            return False
        case _:
            raise ValueError(f"{text!r} is neither 1 nor 0")


def one_of(*choices: str) -> Callable[[str], str]:
    """Make a reader of one word of *choices*."""

    def read(text: str) -> str:
        if text.lower() not in choices:
            raise ValueError(f"{text!r} is none of: {', '.join(choices)}")
        return text.lower()

    return read


def parts(text: str) -> int:
    """Read how many messages one digest may become."""
    if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or not 1 <= int(text) <= _MOST_PARTS:
        raise ValueError(f"{text!r} is not a number from 1 to {_MOST_PARTS}")
    return int(text)


def language(text: str) -> str:
    """Read a BCP 47 tag of a language."""
    try:
        Locale.parse(text, sep="-")
    except (ValueError, UnknownLocaleError) as error:
        raise ValueError(f"{text!r} is no language; write it like zh-Hans or en") from error
    return text
