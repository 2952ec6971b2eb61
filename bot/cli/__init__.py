"""What an operator types: `digest-bot`, with one file for each command."""

import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from bot.cli.problems import PROBLEMS
from bot.log import set_up_log

# Each command, and where it is: only the one that was typed is loaded, so that the bot is up in a moment.
_COMMANDS = {
    "run": "run:run",
    "demo": "demo:demo",
    "preview": "preview:preview",
    "check": "check:check",
    "import": "archive:import_",
    "search": "archive:search",
    "status": "status:status",
    "deliveries": "deliveries:deliveries",
    "publish": "publish:publish",
    "pause": "pause:pause",
    "resume": "pause:resume",
    "announce": "announce:app",
    "categories": "categories:categories",
    "subscribers": "subscribers:app",
}


class _Commands(TyperGroup):
    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - the context is click's or a copy in Typer
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | TyperGroup | None:  # noqa: ANN401, ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        return _command(cmd_name, getattr(import_module(f"bot.cli.{module}"), name))


def _command(name: str, found: Any) -> TyperCommand | TyperGroup:  # noqa: ANN401 - a Typer or a function
    group = found if isinstance(found, typer.Typer) else typer.Typer(add_completion=False)
    if group is not found:
        group.command(name)(found)
    command: Any = typer.main.get_command(group)
    command.name = name
    return command  # type: ignore[no-any-return]


app = typer.Typer(
    name="digest-bot",
    cls=_Commands,
    help="Brings Markdown digests to Telegram. Try it without a token: digest-bot demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _digest_bot() -> None:
    """Stand for the whole, so that Typer makes a group."""


def main() -> None:
    """Do what was typed; what an operator can mend is said in a line each, without a traceback."""
    set_up_log()
    try:
        app()
    except PROBLEMS as problem:
        for line in str(problem).splitlines():
            typer.echo(f"digest-bot: {line}", err=True)
        sys.exit(1)
