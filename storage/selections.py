"""How what a delivery shows is written into its row and read back."""

import json
from collections.abc import Mapping
from sqlite3 import Row
from typing import Any

from storage.model import ALL, Collected, MadeOf, Selection


def write_selection(made_of: MadeOf) -> str | None:
    """Write what *made_of* shows; None: all of one digest, and nothing under it."""
    signed = {"signed": True} if made_of.signed else {}
    if made_of.collected:
        written = [[each.digest_id, each.revision, _write(each.selection)] for each in made_of.collected]
        return json.dumps({"collected": written} | signed)
    shown = signed if made_of.selection == ALL else {**_write(made_of.selection), **signed}
    return json.dumps(shown) if shown else None


def read_made_of(row: Row, *, edition_id: int) -> MadeOf:
    """Read what a delivery is made of from a row that has its columns; *edition_id* is the digest that it shows."""
    selection: dict[str, Any] = json.loads(row["selection"] or "{}")
    return MadeOf(
        digest_id=edition_id,
        revision=row["revision"],
        layout=row["layout"],
        language=row["language"],
        selection=_read(selection),
        collected=tuple(
            Collected(digest_id, revision, _read(shown))
            for digest_id, revision, shown in selection.get("collected", [])
        ),
        signed=bool(selection.get("signed")),
    )


def _write(selection: Selection) -> Mapping[str, Any]:
    items = {} if selection.items is None else {"items": selection.items}
    return items | ({"told": selection.told} if selection.told else {})


def _read(written: Mapping[str, Any]) -> Selection:
    items = written.get("items")
    return Selection(
        items=None if items is None else tuple(items),
        told=tuple((place, digest_id) for place, digest_id in written.get("told", [])),
    )
