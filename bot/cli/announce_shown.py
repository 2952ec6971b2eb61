"""What `digest-bot announce status` shows."""

from collections.abc import Sequence

import typer
from rich.console import Console
from rich.table import Table

from bot.messages.announced import is_over, title_of
from storage.model import Announcement, Counts

_NUMBERS = ("owed", "sent", "gone", "failed", "skipped", "waiting")


def show(announced: Sequence[tuple[Announcement, Counts]]) -> None:
    """Show each with what became of it: what is `owed` is the sum of all others."""
    if not announced:
        typer.echo("nothing was announced yet", err=True)
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("ID", "Begun", "State"):
        table.add_column(heading)
    for heading in _NUMBERS:
        table.add_column(heading.capitalize(), justify="right")
    table.add_column("Says")
    for announcement, counts in announced:
        begun = f"{announcement.started_at:%Y-%m-%d %H:%M}"
        numbers = [f"{getattr(counts, name):,}" for name in _NUMBERS]
        said = title_of("en", announcement.content)
        table.add_row(str(announcement.id), begun, _state(announcement, counts), *numbers, said)
    Console(highlight=False, markup=False, emoji=False).print(table)


def _state(announcement: Announcement, counts: Counts) -> str:
    if announcement.state in ("paused", "cancelled"):
        return announcement.state
    return "done" if is_over(announcement, counts) else "under way"
