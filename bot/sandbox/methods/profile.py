"""The setMy… and getMy… family."""

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.members import rights_json
from bot.sandbox.parameters import Parameters
from bot.sandbox.profile import Commands, Profile
from bot.sandbox.state import Sandbox

MOST_COMMANDS = 100
LONGEST_COMMAND = 32
LONGEST = 256

Texts = Callable[[Profile], dict[str, str]]


def profile_json(sandbox: Sandbox) -> dict[str, Any]:
    """What the page shows of the bot: commands by scope and language, descriptions by language."""
    profile = sandbox.profile
    return {
        "menu_buttons": [{"chat_id": chat_id, "button": button} for chat_id, button in profile.menu_buttons.items()],
        "administrator_rights": {
            "groups": sorted(profile.group_rights),
            "channels": sorted(profile.channel_rights),
        },
        "commands": [
            {"scope": json.loads(scope), "language": language, "commands": commands}
            for (scope, language), commands in profile.commands.items()
        ],
        "names": profile.names,
        "descriptions": profile.descriptions,
        "short_descriptions": profile.short_descriptions,
    }


def set_my_commands(sandbox: Sandbox, asked: Parameters) -> bool:
    """Replace the commands of one scope and language."""
    given = asked.structure("commands", unreadable="can't parse commands JSON object") or []
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    if len(given) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    sandbox.profile.commands[_scope(asked)] = [_command(command) for command in given]
    _changed(sandbox)
    return True


def get_my_commands(sandbox: Sandbox, asked: Parameters) -> Commands:
    """The commands of one scope and language."""
    return sandbox.profile.commands.get(_scope(asked), [])


def delete_my_commands(sandbox: Sandbox, asked: Parameters) -> bool:
    """Forget the commands of one scope and language."""
    sandbox.profile.commands.pop(_scope(asked), None)
    _changed(sandbox)
    return True


def set_my_text(sandbox: Sandbox, asked: Parameters, *, texts: Texts, name: str, longest: int) -> bool:
    """Replace one of the bot's texts about itself, in one language."""
    text = asked.text(name)
    if len(text) > longest:
        raise bad_request(f"BOT_{name.upper()}_INVALID")
    texts(sandbox.profile)[asked.text("language_code")] = text
    _changed(sandbox)
    return True


def get_my_text(sandbox: Sandbox, asked: Parameters, *, texts: Texts, name: str) -> dict[str, str]:
    """One of the bot's texts in one language, else everybody's."""
    known = texts(sandbox.profile)
    fallback = sandbox.bot.first_name if name == "name" else ""
    return {name: known.get(asked.text("language_code")) or known.get("") or fallback}


def set_my_default_administrator_rights(sandbox: Sandbox, asked: Parameters) -> bool:
    """Replace the rights that the app suggests to who makes the bot an administrator."""
    given = asked.structure("rights", unreadable="can't parse chat administrator rights JSON object") or {}
    if not isinstance(given, dict):
        raise bad_request("object expected as administrator rights")
    rights = frozenset(name for name, has in given.items() if has is True)
    if asked.flag("for_channels"):
        sandbox.profile.channel_rights = rights
    else:
        sandbox.profile.group_rights = rights
    _changed(sandbox)
    return True


def get_my_default_administrator_rights(sandbox: Sandbox, asked: Parameters) -> dict[str, bool]:
    """A Bot API `ChatAdministratorRights`."""
    profile = sandbox.profile
    if asked.flag("for_channels"):
        return rights_json(profile.channel_rights, "channel", anonymous="is_anonymous" in profile.channel_rights)
    return rights_json(profile.group_rights, "supergroup", anonymous="is_anonymous" in profile.group_rights)


def set_chat_menu_button(sandbox: Sandbox, asked: Parameters) -> bool:
    """Replace the button beside the message field, in one private chat or wherever none was set."""
    given = asked.structure("menu_button", unreadable="can't parse menu button JSON object") or {"type": "default"}
    if not isinstance(given, dict):
        raise bad_request("MenuButton must be an Object")
    if given.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("MenuButton has unsupported type")
    sandbox.profile.menu_buttons[_private_chat(sandbox, asked)] = given
    _changed(sandbox)
    return True


def get_chat_menu_button(sandbox: Sandbox, asked: Parameters) -> dict[str, Any]:
    """A Bot API `MenuButton`."""
    buttons = sandbox.profile.menu_buttons
    return buttons.get(_private_chat(sandbox, asked)) or buttons.get(0) or {"type": "commands"}


def _private_chat(sandbox: Sandbox, asked: Parameters) -> int:
    if not asked.text("chat_id"):
        return 0
    chat_id = asked.integer("chat_id")
    if chat_id not in sandbox.people:
        raise bad_request("invalid chat_id specified" if chat_id <= 0 else "user not found")
    return chat_id


def _changed(sandbox: Sandbox) -> None:
    sandbox.events.add("profile", partial(profile_json, sandbox))


def _scope(asked: Parameters) -> tuple[str, str]:
    scope = asked.structure("scope", unreadable="can't parse BotCommandScope JSON object") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), asked.text("language_code")


def _command(given: Any) -> dict[str, str]:  # noqa: ANN401 whatever the caller's JSON holds
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for field in ("command", "description"):
        if field not in given:
            raise bad_request(f"can't parse BotCommand: Can't find field \"{field}\"")
    command, description = str(given["command"]).strip().removeprefix("/"), str(given["description"]).strip()
    for name, text, longest in (("command", command, LONGEST_COMMAND), ("command description", description, LONGEST)):
        if not text:
            raise bad_request(f"{name} must be non-empty")
        if len(text) > longest:
            raise bad_request(f"{name} length must not exceed {longest}")
    if not re.fullmatch(r"[a-z0-9_]+", command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}
