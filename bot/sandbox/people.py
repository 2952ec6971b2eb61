"""The accounts: people and the bot."""

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class User:
    """An account; *language* is what its app is set to, and only people have one."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language: str = ""
    is_bot: bool = False
    # True: the account was deleted.
    deactivated: bool = False
    # True: what they write is forwarded with their name alone.
    hides_name: bool = False


# Accounts of Telegram's own: who speaks for anonymous administrators, for channels in groups, and for Telegram itself.
ANONYMOUS = User(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)
CHANNEL = User(136817688, "Channel", username="Channel_Bot", is_bot=True)
TELEGRAM = User(777000, "Telegram")


def full_name(user: User) -> str:
    """First and last name."""
    return f"{user.first_name} {user.last_name}".rstrip()


def user_json(user: User) -> dict[str, Any]:
    """A Bot API `User`."""
    shown: dict[str, Any] = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    if user.last_name:
        shown["last_name"] = user.last_name
    if user.username:
        shown["username"] = user.username
    if user.language:
        shown["language_code"] = user.language
    return shown
