"""`digest-bot preview`: what would be sent for a digest file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from bot.cli.problems import UsageProblem
from bot.cli.reading import NamedFile, content_of, named_files
from bot.clock import SystemClock
from bot.digests.read import LeftOut, UnreadableDigest, read_digest
from bot.load_settings import load_settings
from bot.messages.entities import as_bot_api
from bot.messages.phrases import choose_language
from bot.messages.rest import Rest, ask_for
from bot.messages.taps import write
from bot.messages.view import MessagePart, render
from storage.model import Digest, Item, Layout


def preview(
    paths: Annotated[list[Path], typer.Argument(help="Digest files, or folders of them.", show_default=False)],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line for each file.")] = False,
    layout: Annotated[Layout, typer.Option(help="How digests are laid out.")] = "full",
    language: Annotated[
        str | None, typer.Option(help="Of what the bot itself says, such as en or zh.", show_default="the digest's own")
    ] = None,
) -> None:
    """Show what would be sent for digest files; no token and no setting is needed.

    A file named here is shown even if it is a draft or of the future. The exit status is 1 if any cannot be read.
    """
    settings = load_settings(needed=())
    console = Console(highlight=False, markup=False, emoji=False)
    failed = False
    for file in named_files(paths, settings):
        shown = _shown(file, layout=layout, language=language, most=settings.most_parts)
        failed = failed or "error" in shown
        if as_json:
            typer.echo(json.dumps(shown, ensure_ascii=False))
        else:
            for line in _lines(shown):
                console.print(line, soft_wrap=True)
    if failed:
        raise typer.Exit(1)


def _shown(file: NamedFile, *, layout: Layout, language: str | None, most: int) -> dict[str, Any]:
    try:
        reading = read_digest(content_of(file), file.path, site=file.site, now=SystemClock().now())
    except (UnreadableDigest, UsageProblem) as problem:
        return {"file": str(file.named), "error": str(problem)}
    if isinstance(reading, LeftOut):
        if reading.digest is None or not file.explicit:
            return {"file": str(file.named), "left_out": reading.reason}
        reading = reading.digest
    parts = render(reading, layout=layout, language=choose_language(language or reading.language), most=most)
    return {"file": str(file.named)} | _digest(reading) | {"messages": [_message(part, layout) for part in parts]}


def _digest(digest: Digest) -> dict[str, Any]:
    return {
        "title": digest.title,
        "date": None if digest.published_at is None else digest.published_at.isoformat(),
        "day_only": digest.day_only,
        "dated_by": digest.dated_by,
        "categories": [category.name for category in digest.categories],
        "items": [_item(item) for item in digest.items],
    }


def _item(item: Item) -> dict[str, str | None]:
    return {
        "headline": item.headline.text,
        "link": item.link,
        "summary": item.summary.text,
        "section": item.section,
    }


def _message(part: MessagePart, layout: Layout) -> dict[str, Any]:
    """The message in a person's chat, where what is left is a button."""
    entities = as_bot_api(part.text, part.entities)
    return {
        "text": part.text,
        "entities": entities,
        "reply_markup": _keyboard(part.rest, layout) if part.rest else None,
    }


def _keyboard(rest: Rest, layout: Layout) -> dict[str, Any]:
    # What is not stored has no number yet.
    tap = ask_for(rest, digest_id=0, revision=1, layout=layout)
    return {"inline_keyboard": [[{"text": rest.label, "callback_data": write(tap)}]]}


def _lines(shown: dict[str, Any]) -> Iterator[str]:
    if "error" in shown:
        yield f"✗ {shown['error']}"
    elif "left_out" in shown:
        yield f"– {shown['file']}: left out: {shown['left_out']}"
    else:
        yield f"── {shown['file']} · {_when(shown)}"
        messages = shown["messages"]
        for number, message in enumerate(messages, start=1):
            yield f"── {shown['file']} · message {number} of {len(messages)} " + "─" * 20
            yield message["text"]
            if message["reply_markup"] is not None:
                yield f"[{message['reply_markup']['inline_keyboard'][0][0]['text']}]"
            yield ""


def _when(shown: dict[str, Any]) -> str:
    if shown["dated_by"] is None:
        return "no date: its time is when it is first seen"
    date = shown["date"].partition("T")[0] if shown["day_only"] else shown["date"]
    return f"{date}, as its {shown['dated_by']} says"
