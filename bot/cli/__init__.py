"""What an operator types: `digest-bot`, with one file for each command."""

import sys

import typer

from bot.cli import archive, demo, preview, publish, run, status, subscribers
from bot.cli.problems import PROBLEMS
from bot.log import set_up_log

app = typer.Typer(
    name="digest-bot",
    help="Brings Markdown digests to Telegram. Try it without a token: digest-bot demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(run.run)
app.command("demo")(demo.demo)
app.command("preview")(preview.preview)
app.command("import")(archive.import_)
app.command("search")(archive.search)
app.command("status")(status.status)
app.command("publish")(publish.publish)
app.add_typer(subscribers.app, name="subscribers")


def main() -> None:
    """Do what was typed; what an operator can mend is said in a line each, without a traceback."""
    set_up_log()
    try:
        app()
    except PROBLEMS as problem:
        for line in str(problem).splitlines():
            typer.echo(f"digest-bot: {line}", err=True)
        sys.exit(1)
