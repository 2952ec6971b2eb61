"""Queries for the words that subscribers follow or mute."""

from collections.abc import Iterable, Sequence
from typing import Literal

from storage.database import Transaction
from storage.model import Word

WordKind = Literal["follow", "mute"]


async def keep_words(tx: Transaction, subscriber_id: int, kind: WordKind, words: Iterable[Word]) -> None:
    """Let the subscriber follow *words*, and mute them no more, or the other way round."""
    words = list(words)
    await drop_words(tx, subscriber_id, "mute" if kind == "follow" else "follow", words)
    await tx.run_many(
        """
        INSERT INTO words (subscriber_id, kind, folded, shown) VALUES (:subscriber_id, :kind, :folded, :shown)
            ON CONFLICT (subscriber_id, kind, folded) DO UPDATE SET shown = excluded.shown
        """,
        [_row(subscriber_id, kind, word) for word in words],
    )


async def drop_words(tx: Transaction, subscriber_id: int, kind: WordKind, words: Iterable[Word]) -> None:
    """Let the subscriber follow or mute *words* no more."""
    await tx.run_many(
        "DELETE FROM words WHERE subscriber_id = :subscriber_id AND kind = :kind AND folded = :folded",
        [{"subscriber_id": subscriber_id, "kind": kind, "folded": word.folded} for word in words],
    )


async def followed_words(tx: Transaction, *, after: str, limit: int) -> Sequence[str]:
    """Give words that anybody follows, folded, each once: the next *limit* of them in order, from *after* on."""
    rows = await tx.rows(
        """
        SELECT DISTINCT folded FROM words WHERE kind = 'follow' AND folded > :after ORDER BY folded LIMIT :limit
        """,
        {"after": after, "limit": limit},
    )
    return [row["folded"] for row in rows]


def _row(subscriber_id: int, kind: WordKind, word: Word) -> dict[str, str | int]:
    return {"subscriber_id": subscriber_id, "kind": kind, "folded": word.folded, "shown": word.shown}
