"""How texts and items are written into rows and read back."""

import json
from collections.abc import Iterable
from typing import Any

from storage.model import Entity, EntityType, FormattedText, Hit, Item
from storage.time import from_millis


def write_entities(text: FormattedText) -> str:
    """Write the styled stretches of *text*; empty when it has none."""
    if not text.entities:
        return ""
    return json.dumps(
        [[entity.type, entity.offset, entity.length, entity.value] for entity in text.entities],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def read_text(text: str, entities: str) -> FormattedText:
    """Read a text with its styled stretches, each as its column has it."""
    # Most have none, and a search reads twenty in a quarter of a millisecond.
    if not entities:
        return FormattedText(text)
    styled = (Entity(EntityType(type_), offset, length, value) for type_, offset, length, value in json.loads(entities))
    return FormattedText(text, tuple(styled))


def read_item(columns: Iterable[Any]) -> Item:
    """Read an item from its columns in the order in which `write_item` gives them.

    By their places, here and for hits: a row that is asked for a name goes through all its names.
    """
    headline, headline_entities, link, summary, summary_entities, section, number, line = columns
    return Item(
        read_text(headline, headline_entities), link, read_text(summary, summary_entities), section, number, line
    )


def read_hit(columns: Iterable[Any]) -> Hit:
    """Read an item from its id and its digest's, that one's title, permalink, time and offset, and its own columns."""
    id_, digest_id, title, permalink, archived_at, utc_offset, *item = columns
    return Hit(read_item(item), id_, digest_id, title, permalink, from_millis(archived_at, utc_offset=utc_offset))


def write_item(item: Item) -> dict[str, str | int | None]:
    """Write an item as the parameters that its columns are named for."""
    return {
        "headline": item.headline.text,
        "headline_entities": write_entities(item.headline),
        "link": item.link,
        "summary": item.summary.text,
        "summary_entities": write_entities(item.summary),
        "section": item.section,
        "number": item.number,
        "line": item.line,
    }
