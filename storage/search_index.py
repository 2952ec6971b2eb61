"""What the index (FTS5) holds of an item: its texts as `search_terms` cuts them, and labels to narrow a search down.

The index holds no text of its own: to change an entry it must be handed the old text
(sqlite.org/fts5.html#contentless). So nothing here can be written otherwise without writing the whole index anew; the
entries that older versions wrote have three columns, and are known by their items' ids (`item_ids`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from storage.database import Transaction
from storage.item_ids import is_short, number_of
from storage.model import Digest, Item
from storage.search_terms import cut

_NO_LABELS = "no0labels"


def cut_beforehand(digest: Digest) -> Digest:
    """Give *digest* with its texts cut: that takes as long as to store it, and needs neither the pen nor the bot."""
    texts = {text for item in digest.items for text in (item.headline.text, item.summary.text)}
    return replace(digest, cut={text: cut(text) for text in texts})


async def add(tx: Transaction, digest: Digest, ids: Sequence[int]) -> None:
    """Let the items of *digest* be found, which have these *ids* in order."""
    await tx.run_many(
        "INSERT INTO item_index (rowid, headline, summary, labels) VALUES (:id, :headline, :summary, :labels)",
        index_rows(digest, ids),
    )


async def remove(tx: Transaction, digest: Digest, ids: Sequence[int]) -> None:
    """Let them be found no more; *digest* and *ids* must be as they were added."""
    await tx.run_many(
        """
        INSERT INTO item_index (item_index, rowid, headline, summary, labels)
        VALUES ('delete', :id, :headline, :summary, :labels)
        """,
        index_rows(digest, ids),
    )


def index_rows(digest: Digest, ids: Sequence[int]) -> list[dict[str, str | int]]:
    """Write the items of *digest*, which have these *ids* in order, as the index holds them."""
    labels = [category_label(category.folded) for category in digest.categories]
    if digest.language is not None:
        labels.append("l" + digest.language.encode().hex())
    return [
        _row(id_, item, labels + _host_labels(item), digest.cut) for id_, item in zip(ids, digest.items, strict=True)
    ]


def _row(id_: int, item: Item, labels: list[str], done: Mapping[str, str]) -> dict[str, str | int]:
    headline, summary = (done[text] if text in done else cut(text) for text in (item.headline.text, item.summary.text))
    number = number_of(id_)
    if not is_short(number):
        return {"id": number, "headline": headline, "summary": summary, "labels": " ".join(labels)}
    # In one column an entry is a fifth shorter. What parts the texts is no word that anybody can search for: it has
    # letters beside digits.
    whole = " ".join([headline, *(labels or [_NO_LABELS]), summary])
    return {"id": number, "headline": whole, "summary": "", "labels": ""}


def category_label(folded: str) -> str:
    """Give the index's one word for a category known by its *folded* name."""
    return "c" + folded.encode().hex()


def host_label(host: str) -> str:
    """Give the index's one word for a host, in lower case."""
    return "h" + host.encode().hex()


def _host_labels(item: Item) -> list[str]:
    try:
        host = urlsplit(item.link).hostname if item.link else None
    # Telegram opens hosts that Python does not take apart (`℀`, which NFKC makes `a/c`).
    except ValueError:
        host = None
    return [host_label(host)] if host else []
