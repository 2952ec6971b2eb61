"""The sample digests that we wrote, each with what it must become written out beside it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.digests.read import LeftOut, read_digest
from bot.digests.site import Site
from bot.messages.entities import as_bot_api
from bot.messages.phrases import languages
from bot.messages.view import render
from storage.model import Digest, Entity, FormattedText, Layout

FOLDER = Path(__file__).parent / "samples"
SITE = Site(base_url="https://news.example.org/")
NOW = datetime(2025, 12, 1, tzinfo=UTC)


def samples() -> list[Path]:
    """The Markdown files that have their expectation beside them."""
    return sorted(FOLDER.glob("*.md"))


def read(sample: Path) -> Digest:
    """The digest that *sample* is read as."""
    digest = read_digest(sample.read_bytes(), sample.name, site=SITE, now=NOW)
    assert not isinstance(digest, LeftOut)
    return digest


def as_written_out(digest: Digest) -> dict[str, Any]:
    """A digest in the form in which the expectations write it: styles as `type: words`."""
    return {
        "title": digest.title,
        "published_at": digest.published_at and digest.published_at.isoformat(),
        "day_only": digest.day_only,
        "categories": [category.name for category in digest.categories],
        "permalink": digest.permalink,
        "language": digest.language,
        "items": [
            {
                "line": item.line,
                "number": item.number,
                "section": item.section,
                "headline": item.headline.text,
                "link": item.link,
                "summary": item.summary.text,
                "styles": list(_styles(item.headline)) + list(_styles(item.summary)),
            }
            for item in digest.items
        ],
    }


def messages_written_out(digest: Digest) -> dict[str, list[dict[str, Any]]]:
    """Every view of *digest*, in Bot API form."""
    layouts: tuple[Layout, ...] = ("full", "headlines")
    return {
        f"{layout} {language}": [
            {"text": part.text, "entities": as_bot_api(part.text, part.entities)}
            for part in render(digest, layout=layout, language=language)
        ]
        for layout in layouts
        for language in languages()
    }


def _styles(text: FormattedText) -> Iterator[str]:
    for entity in text.entities:
        yield f"{entity.type}{_value(entity)}: {text.text[entity.offset : entity.offset + entity.length]}"


def _value(entity: Entity) -> str:
    return f" {entity.value}" if entity.value else ""


def expectation(sample: Path) -> dict[str, Any]:
    """What is written out beside *sample*."""
    written: dict[str, Any] = json.loads(sample.with_suffix(".json").read_text(encoding="utf-8"))
    return written
