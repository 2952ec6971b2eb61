"""How texts and items are written into rows and read back."""

import json
from sqlite3 import Row

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


def read_text(row: Row, column: str) -> FormattedText:
    """Read the text in *column*, styled as the column `…_entities` beside it says."""
    written = row[f"{column}_entities"]
    # Most have none, and a search reads twenty in a quarter of a millisecond.
    if not written:
        return FormattedText(row[column])
    entities = (
        Entity(EntityType(type_), offset, length, value) for type_, offset, length, value in json.loads(written)
    )
    return FormattedText(row[column], tuple(entities))


def read_item(row: Row) -> Item:
    """Read an item from a row that has all its columns."""
    return Item(
        headline=read_text(row, "headline"),
        link=row["link"],
        summary=read_text(row, "summary"),
        section=row["section"],
        number=row["number"],
        line=row["line"],
    )


def read_hit(row: Row) -> Hit:
    """Read an item from a row that has all its columns, and the digest's title, permalink, time and offset."""
    return Hit(
        item=read_item(row),
        item_id=row["id"],
        digest_id=row["digest_id"],
        title=row["title"],
        permalink=row["permalink"],
        at=from_millis(row["archived_at"], utc_offset=row["utc_offset"]),
    )


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
