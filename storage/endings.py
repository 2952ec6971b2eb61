"""Queries for what a group, topic or channel puts under all that it gets."""

import json
from collections.abc import Sequence

from storage.database import Transaction
from storage.model import FormattedText
from storage.rows import write_entities


async def set_footer(tx: Transaction, id_: int, footer: FormattedText) -> None:
    """Let the subscriber have this footer; an empty one is none."""
    await tx.run(
        "UPDATE subscribers SET footer = :footer, footer_entities = :entities WHERE id = :id",
        {"id": id_, "footer": footer.text, "entities": write_entities(footer)},
    )


async def set_signature(tx: Transaction, id_: int, signature: str) -> None:
    """Let the subscriber sign with this name; an empty one is none."""
    await tx.run("UPDATE subscribers SET signature = :signature WHERE id = :id", {"id": id_, "signature": signature})


async def set_links(tx: Transaction, id_: int, links: Sequence[tuple[str, str]]) -> None:
    """Let the subscriber have these buttons, each what it says and its link."""
    await tx.run("UPDATE subscribers SET button_line = :links WHERE id = :id", {"id": id_, "links": write_links(links)})


def write_links(links: Sequence[tuple[str, str]]) -> str:
    """Write a line of buttons; empty when it has none."""
    return json.dumps(links, ensure_ascii=False) if links else ""
