"""Queries for digests and their categories."""

from dataclasses import replace
from datetime import datetime, timedelta
from sqlite3 import Row

from storage import edits, items
from storage.database import Transaction
from storage.heads import head_of, keep_head
from storage.model import Category, Digest, Edition, StoredDigest
from storage.rows import read_text, write_entities
from storage.time import from_millis, to_millis


async def store_digest(tx: Transaction, source_id: int, digest: Digest, *, now: datetime) -> tuple[StoredDigest, bool]:
    """Keep *digest* under its path, a change as a new revision; say also whether it was not there before.

    Who has been sent it, is owed the change.
    """
    before = await digest_at(tx, source_id, digest.path)
    if before is not None and _says_the_same(before.digest, digest):
        # Where it moved to, others are its twins.
        await tx.run(
            "UPDATE digests SET vanished_at = NULL, twins = :twins WHERE id = :id",
            {"id": before.id, "twins": digest.twins},
        )
        return await _not_withdrawn(tx, before, now=now), False
    archived_at = digest.published_at or (now if before is None else before.first_seen_at)
    edition_of = before.edition_of if before else await _twin(tx, source_id, digest)
    if before is None:
        id_, revision = await _insert(tx, source_id, digest, edition_of, archived_at=archived_at, now=now), 1
    else:
        id_, revision = before.id, before.revision + 1
        await items.unindex_items(tx, id_, before.digest, revision=before.revision)
        await keep_head(tx, id_)
        await _update(tx, id_, digest, archived_at=archived_at)
        await edits.note_change(tx, id_, now=now)
    await _set_categories(tx, id_, digest.categories, is_new=before is None)
    await items.add_items(tx, id_, digest, revision=revision, second=to_millis(archived_at) // 1000)
    first_seen_at = now if before is None else before.first_seen_at
    return StoredDigest(id_, digest, revision, first_seen_at, edition_of), before is None


async def digest_at(tx: Transaction, source_id: int, path: str) -> StoredDigest | None:
    """Give the digest that the source has at *path*."""
    row = await tx.row(
        "SELECT * FROM digests WHERE source_id = :source_id AND path = :path", {"source_id": source_id, "path": path}
    )
    return None if row is None else await _stored_digest(tx, row)


async def is_from_elsewhere(tx: Transaction, source_id: int, path: str) -> bool:
    """Say whether the digest at *path* is in the archive and was never seen as a file of the source."""
    return bool(
        await tx.rows(
            """
            SELECT 1 FROM digests
             WHERE source_id = :source_id AND path = :path AND vanished_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM files
                                WHERE files.source_id = digests.source_id AND files.path = digests.path)
            """,
            {"source_id": source_id, "path": path},
        )
    )


async def digest_by_id(tx: Transaction, id_: int, *, revision: int | None = None) -> StoredDigest:
    """Give the digest as *revision* has it (None: the present one)."""
    row = await tx.row("SELECT * FROM digests WHERE id = :id", {"id": id_})
    if row is None:
        raise LookupError(f"there is no digest {id_}")
    return await _stored_digest(tx, row, revision=revision)


async def readable_digest(
    tx: Transaction, id_: int, *, now: datetime, revision: int | None = None
) -> StoredDigest | None:
    """Give *revision* of the digest (None: the present one); None: no reader ever had it, or its file is gone."""
    row = await tx.row(
        """
        SELECT * FROM digests
         WHERE id = :id AND coalesce(:revision, 1) BETWEEN 1 AND revision
           AND archived_at <= :now AND vanished_at IS NULL
        """,
        {"id": id_, "revision": revision, "now": to_millis(now)},
    )
    return None if row is None else await _stored_digest(tx, row, revision=revision)


async def latest_digests(
    tx: Transaction, *, now: datetime, limit: int, offset: int = 0, category: str | None = None
) -> list[StoredDigest]:
    """Give the newest digests whose time has come, of the folded *category* if one is named.

    Of a digest in several languages the first that was seen stands for all; `editions_of` gives the others.
    """
    rows = await tx.rows(
        """
        SELECT * FROM digests
         WHERE archived_at <= :now AND edition_of IS NULL
           AND (vanished_at IS NULL
                OR EXISTS (SELECT 1 FROM digests AS other
                            WHERE other.edition_of = digests.id AND vanished_at IS NULL AND archived_at <= :now))
           AND (:category IS NULL OR id IN (
                SELECT coalesce(edition_of, digests.id) FROM digest_categories
                  JOIN categories ON categories.id = category_id JOIN digests ON digests.id = digest_id
                 WHERE folded = :category))
         ORDER BY archived_at DESC, id DESC LIMIT :limit OFFSET :offset
        """,
        {"now": to_millis(now), "limit": limit, "offset": offset, "category": category},
    )
    return [await _stored_digest(tx, row) for row in rows]


async def editions_of(tx: Transaction, id_: int, *, now: datetime) -> list[Edition]:
    """Give the digest and its translations whose files are there, the first that was seen first.

    A translation has to have come to its time; whether the digest has, its own date alone does not tell.
    """
    rows = await tx.rows(
        """
        SELECT id, revision, language FROM digests
         WHERE (id = :id OR (edition_of = :id AND archived_at <= :now)) AND vanished_at IS NULL
         ORDER BY edition_of IS NOT NULL, id
        """,
        {"id": id_, "now": to_millis(now)},
    )
    return [Edition(row["id"], row["revision"], row["language"]) for row in rows]


async def mark_vanished(tx: Transaction, id_: int, *, now: datetime) -> None:
    """Note that the digest's file is gone; the archive keeps what it said, and the chats may be told."""
    await tx.run("UPDATE digests SET vanished_at = :now WHERE id = :id", {"id": id_, "now": to_millis(now)})
    await edits.note_change(tx, id_, now=now)


async def move_digest(tx: Transaction, id_: int, *, path: str) -> None:
    """Let the digest be known by *path*, where its file is now."""
    await tx.run("UPDATE digests SET path = :path WHERE id = :id", {"id": id_, "path": path})


async def mark_not_sent(tx: Transaction, id_: int, reason: str | None) -> None:
    """Note why a new digest was stored and not sent; None: it is sent after all."""
    await tx.run("UPDATE digests SET not_sent = :reason WHERE id = :id", {"id": id_, "reason": reason})


async def why_not_sent(tx: Transaction, id_: int, *, since: datetime) -> str | None:
    """Say why the digest was stored and not sent; None: it was sent, or seen first before *since*."""
    row = await tx.row(
        "SELECT not_sent FROM digests WHERE id = :id AND first_seen_at >= :since",
        {"id": id_, "since": to_millis(since)},
    )
    return None if row is None else row["not_sent"]


async def digests_not_sent(tx: Transaction, *, since: datetime) -> list[tuple[str, str, str]]:
    """Give source, path and reason of each new digest that was seen after *since* and not sent."""
    rows = await tx.rows(
        """
        SELECT sources.name AS source, path, not_sent FROM digests JOIN sources ON sources.id = source_id
         WHERE not_sent IS NOT NULL AND first_seen_at >= :since ORDER BY first_seen_at, digests.id
        """,
        {"since": to_millis(since)},
    )
    return [(row["source"], row["path"], row["not_sent"]) for row in rows]


async def count_digests(tx: Transaction, *, source_id: int | None = None) -> int:
    """Count the archive, or what of it came from one source."""
    return int(
        await tx.value(
            "SELECT count(*) FROM digests WHERE :source_id IS NULL OR source_id = :source_id", {"source_id": source_id}
        )
    )


async def _not_withdrawn(tx: Transaction, before: StoredDigest, *, now: datetime) -> StoredDigest:
    if not before.digest.withdrawn:
        return before
    await edits.take_back_withdrawal(tx, before.id)
    await edits.note_change(tx, before.id, now=now)
    return replace(before, digest=replace(before.digest, withdrawn=False), revision=before.revision + 1)


async def _twin(tx: Transaction, source_id: int, digest: Digest) -> int | None:
    """Find the digest that *digest* is a translation of: the same in another language than any there is of it."""
    if not digest.twins or digest.language is None:
        return None
    row = await tx.row(
        """
        SELECT id FROM digests
         WHERE source_id = :source_id AND twins = :twins AND edition_of IS NULL AND language IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM digests AS other
                            WHERE (other.id = digests.id OR other.edition_of = digests.id)
                              AND other.language = :language)
         ORDER BY id LIMIT 1
        """,
        {"source_id": source_id, "twins": digest.twins, "language": digest.language},
    )
    return None if row is None else int(row["id"])


async def _insert(
    tx: Transaction, source_id: int, digest: Digest, edition_of: int | None, *, archived_at: datetime, now: datetime
) -> int:
    return int(
        await tx.value(
            """
            INSERT INTO digests (source_id, path, title, published_at, utc_offset, day_only, permalink, language,
                                 intro, intro_entities, twins, edition_of, first_seen_at, archived_at)
            VALUES (:source_id, :path, :title, :published_at, :utc_offset, :day_only, :permalink,
                    :language, :intro, :intro_entities, :twins, :edition_of, :now, :archived_at)
            RETURNING id
            """,
            _columns(digest)
            | {
                "source_id": source_id,
                "twins": digest.twins,
                "edition_of": edition_of,
                "now": to_millis(now),
                "archived_at": to_millis(archived_at),
            },
        )
    )


async def _update(tx: Transaction, id_: int, digest: Digest, *, archived_at: datetime) -> None:
    await tx.run(
        """
        UPDATE digests
           SET revision = revision + 1, title = :title, published_at = :published_at,
               utc_offset = :utc_offset, day_only = :day_only,
               permalink = :permalink, language = :language, intro = :intro, intro_entities = :intro_entities,
               twins = :twins, archived_at = :archived_at, vanished_at = NULL, withdrawn = 0
         WHERE id = :id
        """,
        _columns(digest) | {"id": id_, "twins": digest.twins, "archived_at": to_millis(archived_at)},
    )


def _says_the_same(before: Digest, digest: Digest) -> bool:
    """Compare as the archive keeps: milliseconds, and categories by what they are known by, not as they are shown."""
    folded = [[category.folded for category in each.categories] for each in (before, digest)]
    return _columns(before) == _columns(digest) and before.items == digest.items and folded[0] == folded[1]


def _columns(digest: Digest) -> dict[str, str | int | None]:
    return {
        "path": digest.path,
        "title": digest.title,
        "published_at": None if digest.published_at is None else to_millis(digest.published_at),
        "utc_offset": _utc_offset(digest.published_at),
        "day_only": digest.day_only,
        "permalink": digest.permalink,
        "language": digest.language,
        "intro": digest.intro.text,
        "intro_entities": write_entities(digest.intro),
    }


def _utc_offset(at: datetime | None) -> int | None:
    offset = None if at is None else at.utcoffset()
    return None if offset is None else offset // timedelta(minutes=1)


def _published_at(row: Row) -> datetime | None:
    if row["published_at"] is None:
        return None
    return from_millis(row["published_at"], utc_offset=row["utc_offset"])


async def _set_categories(tx: Transaction, id_: int, categories: tuple[Category, ...], *, is_new: bool) -> None:
    if not is_new:
        await tx.run("DELETE FROM digest_categories WHERE digest_id = :id", {"id": id_})
    told = [
        {
            "id": id_,
            "position": position,
            "folded": category.folded,
            "name": category.name,
            "written": category.written or category.name,
        }
        for position, category in enumerate(categories)
    ]
    await tx.run_many(
        "INSERT INTO categories (folded, name) VALUES (:folded, :name) ON CONFLICT (folded) DO NOTHING", told
    )
    await tx.run_many(
        """
        INSERT INTO digest_categories (digest_id, category_id, position, written)
        SELECT :id, id, :position, :written FROM categories WHERE folded = :folded
        """,
        told,
    )


async def _stored_digest(tx: Transaction, row: Row, *, revision: int | None = None) -> StoredDigest:
    revision = row["revision"] if revision is None else revision
    head, categories = await head_of(tx, row, revision=revision)
    digest = Digest(
        path=row["path"],
        title=head["title"],
        published_at=_published_at(head),
        day_only=bool(head["day_only"]),
        categories=categories,
        items=await items.items_of(tx, row["id"], revision=revision),
        permalink=head["permalink"],
        language=head["language"],
        intro=read_text(head["intro"], head["intro_entities"]),
        twins=row["twins"],
        withdrawn=bool(head["withdrawn"]),
    )
    return StoredDigest(row["id"], digest, revision, from_millis(row["first_seen_at"]), row["edition_of"])
