"""`digest-bot check`: what a writer should know of digest files before they are published."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from bot.cli.counted import counted
from bot.cli.problems import UsageProblem
from bot.cli.reading import NamedFile, content_of, named_files
from bot.clock import SystemClock
from bot.digests.problems import Level, Remark
from bot.digests.remarks import remarks_on
from bot.load_settings import load_settings
from bot.sources.files import LARGEST

# Fewer are checked before a bar would be seen.
_MANY = 20


def check(
    paths: Annotated[list[Path], typer.Argument(help="Digest files, or folders of them.", show_default=False)],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line for each finding.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 for a warning, too.")] = False,
) -> None:
    """Check digest files for whoever writes them: file:line: level: message.

    An error keeps a digest back, a warning costs its readers something, a note
    only explains. The exit status is 1 if there is an error. No token and no
    setting is needed. As a hook of pre-commit, in .pre-commit-config.yaml:

    \b
    repos:
      - repo: local
        hooks:
          - id: digest-bot-check
            name: digest-bot check
            language: system
            entry: digest-bot check
            files: \\.(md|markdown|mdx)$
    """  # noqa: D301 - \b keeps the example's lines apart
    files = list(named_files(paths, load_settings(needed=())))
    counts: Counter[Level] = Counter()
    # A bar and findings in one terminal would be in each other's way: the findings come when it is gone.
    for file, remark in list(_findings(files)):
        counts[remark.level] += 1
        line = {"file": str(file.named)} | asdict(remark)
        typer.echo(
            json.dumps(line, ensure_ascii=False)
            if as_json
            else f"{file.named}:{remark.line}: {remark.level}: {remark.message}"
        )
    typer.echo(_summary(len(files), counts), err=True)
    if counts["error"] or (strict and counts["warning"]):
        raise typer.Exit(1)


def _findings(files: list[NamedFile]) -> Iterator[tuple[NamedFile, Remark]]:
    console = Console(stderr=True)
    now = SystemClock().now()
    hidden = len(files) < _MANY or not console.is_terminal
    for file in track(files, "Checking", console=console, transient=True, disable=hidden):
        for remark in _remarks(file, now):
            yield file, remark


def _remarks(file: NamedFile, now: datetime) -> list[Remark]:
    try:
        content = content_of(file)
    except UsageProblem as problem:
        return [Remark(1, "error", str(problem).removeprefix(f"{file.named}: "))]
    if len(content) > LARGEST:
        return [Remark(1, "error", f"larger than {LARGEST // 1024 // 1024} MB, as no digest is: split or remove it")]
    return remarks_on(content, file.path, site=file.site, now=now)


def _summary(files: int, counts: Counter[Level]) -> str:
    if not files:
        return "0 files: digest files end in .md, .markdown or .mdx"
    found = ", ".join(counted(counts[level], level) for level in ("error", "warning") if counts[level])
    return f"{counted(files, 'file')}: {found or 'nothing to mend'}"
