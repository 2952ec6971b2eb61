"""What the bot says of itself: commands and descriptions, by language and scope."""

from dataclasses import dataclass, field
from typing import Any

Commands = list[dict[str, str]]


@dataclass(slots=True)
class Profile:
    """Texts by language (empty: everybody's), commands by scope and language."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], Commands] = field(default_factory=dict)
    # What the app suggests to who makes it an administrator.
    group_rights: frozenset[str] = frozenset()
    channel_rights: frozenset[str] = frozenset()
    # By person; 0: wherever none was set.
    menu_buttons: dict[int, dict[str, Any]] = field(default_factory=dict)
