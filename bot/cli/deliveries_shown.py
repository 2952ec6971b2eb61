"""What `digest-bot deliveries` shows to a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import islice

import typer
from rich.bar import Bar
from rich.console import Console
from rich.table import Table

from bot.cli.holds import HOLDS
from bot.cli.no_delivery import BASELINE, moment
from bot.cli.report import Report
from storage.audit import Audit, Progress
from storage.members import Member, Without
from storage.model import SubscriberState

# Of the reasons for which chats wait or have none; all of them are in `--json`.
_MOST_REASONS = 12
_BAR, _SMALL_BAR = 30, 10
_KINDS = {"digest": "The digest", "edit": "Its changes", "roundup": "Roundups that it is the newest of"}
# Of a chat's id, topic, type, kind, state, parts, when and why.
_WIDTHS = (">14", ">6", "<10", "<7", "<7", ">5", "<24", "")
# Wider than any line: what is piped is to be found by line.
_UNFOLDED = 10_000


@dataclass(frozen=True, slots=True)
class ForAPerson:
    """Shows a person, with times in *zone*."""

    now: datetime
    zone: tzinfo

    def paused(self, since: datetime) -> None:
        """Show why nothing goes out now."""
        typer.echo(f"Broadcasts are paused since {moment(since, self.zone)}: digest-bot resume\n")

    def several(self, reports: list[Report]) -> None:
        """List digests, each with how it fared."""
        if reports:
            _console().print(_listing(reports, zone=self.zone))
            typer.echo("\nWho got one, who did not, and why: digest-bot deliveries --digest ID")
        else:
            typer.echo("no digest was owed to anybody yet", err=True)

    def digest(self, report: Report, *, whole: bool) -> None:
        """Show what the digest is, and how far it is owed; unless *whole*, only which it is."""
        if whole:
            for line in _headline(report, now=self.now, zone=self.zone):
                typer.echo(line)
        else:
            typer.echo(f"\n{report.digest.id}  {_name(report)}")

    def counts(self, report: Report) -> None:
        """Draw how many deliveries are in each state, and show why."""
        typer.echo()
        _console().print(_counts(report))
        for line in _remarks(report):
            typer.echo(line)

    def columns(self) -> None:
        """Name the columns of the deliveries that follow."""
        typer.echo()
        typer.echo(_line("chat", "topic", "type", "kind", "state", "parts", "when", "why, and as what"))

    def delivery(self, report: Report, audit: Audit) -> None:
        """Show what became of one delivery."""
        typer.echo(_row(audit, report, zone=self.zone))

    def none(self, chat_id: int, member: Member | None, why: str) -> None:
        """Show why the chat, or the topic of it that *member* is, has no delivery."""
        topic_id = 0 if member is None else member.subscriber.address.topic_id
        type_ = "" if member is None else member.subscriber.type
        said = f"{member.called}: {why}" if member is not None and member.called else why
        typer.echo(_line(str(chat_id), str(topic_id or ""), type_, "digest", "none", "", "", said))

    def more(self, shown: int) -> None:
        """Show how to see those that are not shown."""
        typer.echo(f"… the first {shown} of them: --all for all, --state failed,skipped for some, --chat ID for one")


def _console() -> Console:
    console = Console(highlight=False, markup=False, emoji=False)
    return console if console.is_terminal else Console(highlight=False, markup=False, emoji=False, width=_UNFOLDED)


def _headline(report: Report, *, now: datetime, zone: tzinfo) -> Iterator[str]:
    digest = report.digest
    yield digest.title
    yield f"  {digest.source}: {digest.path}" + ("" if report.file_is_there else " (the file is gone)")
    if digest.permalink:
        yield f"  {digest.permalink}"
    yield f"  digest {digest.id}, {', '.join(category.name for category in report.categories) or 'no category'}"
    due = "" if report.due_at is None else f", due {moment(report.due_at, zone)}"
    yield f"  seen {moment(digest.first_seen_at, zone)}{due} ({now.astimezone(zone):%Z})"
    yield f"  {_fan_out(report, now=now, zone=zone)}"


def _fan_out(report: Report, *, now: datetime, zone: tzinfo) -> str:
    if report.progress:
        return "; ".join(_progress(progress, report, now=now, zone=zone) for progress in report.progress)
    if report.kinds:
        return "owed to everybody who wants it"
    return f"owed to nobody: {report.digest.not_sent or BASELINE}"


def _progress(progress: Progress, report: Report, *, now: datetime, zone: tzinfo) -> str:
    what = "it" if progress.kind == "digest" else "its change"
    if progress.hold is not None:
        return f"HELD, {progress.hold}: {HOLDS[progress.hold]}"
    if progress.due_at > now:
        return f"{what} is to be owed at {moment(progress.due_at, zone)}"
    if not report.file_is_there:
        return f"{what} is owed no further until the file comes back"
    return f"{what} is being owed: {progress.asked:,} of {progress.of:,} subscribers asked for"


def _counts(report: Report) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    for kind in report.kinds:
        numbers = report.by_state(kind)
        table.add_row(_KINDS.get(kind, kind))
        for state, number in numbers.items():
            whole = sum(numbers.values())
            table.add_row(f"  {state}", f"{number:,}", Bar(whole, 0, number, width=_BAR), f"{number / whole:.1%}")
    return table


def _remarks(report: Report) -> Iterator[str]:
    reasons = [count for count in report.counts if count.reason is not None]
    if reasons or report.in_doubt or report.tallied or report.without:
        yield ""
    for count in islice(reasons, _MOST_REASONS):
        edit = "" if count.kind == "digest" else f"{count.kind} "
        yield f"  {count.number:>9,}  {edit}{count.state}: {count.reason}"
    if len(reasons) > _MOST_REASONS:
        yield f"  and {len(reasons) - _MOST_REASONS} more reasons: --json has them"
    if report.in_doubt:
        yield f"  {report.in_doubt:>9,}  had a part in doubt: asked of Telegram, and no answer came"
    if report.given_up:
        yield f"  {report.given_up:>9,}  such parts were given up, and may or may not be there"
    for without in report.without:
        yield f"  {without.number:>9,}  none: {_why_without(without, report)}"
    if gone := sum(report.tallied.values()):
        yield f"  {gone:>9,}  were finished long ago: they are counted, and which chats they are is not known any more"


def _why_without(without: Without, report: Report) -> str:
    if without.state is not SubscriberState.ACTIVE:
        return without.state
    if not without.wants:
        return "they asked for other categories, or for nothing"
    if report.fan_out is not None:
        return "their turn is still to come"
    gone = ", or their rows are gone" if report.tallied else ""
    return f"they would get it now; when it was owed they were not there, or did not want it{gone}"


def _row(audit: Audit, report: Report, *, zone: tzinfo) -> str:
    next_at = f"next {moment(audit.try_at, zone)}" if audit.try_at else "when asked for"
    when = moment(audit.finished_at, zone) if audit.finished_at else next_at
    address, what = (str(audit.chat_id), str(audit.topic_id or "")), (audit.type, audit.kind, audit.state)
    said = "; ".join(_as(audit, report))
    return _line(*address, *what, str(audit.parts or ""), when, f"{audit.called}: {said}" if audit.called else said)


def _line(*cells: str) -> str:
    return "  ".join(f"{cell:{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _as(audit: Audit, report: Report) -> Iterator[str]:
    if audit.in_roundup:
        yield "in a roundup"
    elif audit.held:
        yield "kept until its chat's time has come"
    if audit.reason:
        yield audit.reason
    if audit.unsure:
        yield f"in doubt {_times(audit.unsure)}"
    if audit.given_up:
        yield f"{audit.given_up} part{'' if audit.given_up == 1 else 's'} given up"
    if audit.edition is not None:
        yield f"{audit.layout}, {audit.language}, revision {audit.revision}"
    if audit.edition not in {None, report.digest.path}:
        yield f"from {audit.edition}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _listing(reports: list[Report], *, zone: tzinfo) -> Table:
    states = {"sent": "sent", "failed": "failed", "skipped": "skipped", "waiting": "waiting"}
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="")
    table.add_column("digest", justify="right")
    table.add_column("due", no_wrap=True)
    for name in (*states, "in doubt"):
        table.add_column(name, justify="right")
    table.add_column("")
    table.add_column("", overflow="fold")
    for report in reports:
        numbers = report.by_state()
        waiting = numbers.pop("sending", 0)
        numbers["waiting"] = numbers.get("waiting", 0) + waiting
        due = "" if report.due_at is None else moment(report.due_at, zone)
        cells = [f"{numbers[state]:,}" if numbers.get(state) else "" for state in states]
        in_doubt = f"{report.in_doubt:,}" if report.in_doubt else ""
        bar = Bar(max(1, sum(numbers.values())), 0, numbers.get("sent", 0), width=_SMALL_BAR)
        table.add_row(str(report.digest.id), due, *cells, in_doubt, bar, _name(report))
    return table


def _name(report: Report) -> str:
    hold = next((f"HELD ({progress.hold}) " for progress in report.progress if progress.hold), "")
    not_sent = "NOT SENT " if report.digest.not_sent else ""
    return f"{hold}{not_sent}{report.digest.source}: {report.digest.path}  {report.digest.title}"
