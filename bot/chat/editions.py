"""A digest that is published in several languages, in the one that a person reads."""

from datetime import datetime

from bot.digests.twins import nearest_edition
from storage.database import Transaction
from storage.digests import editions_of, readable_digest
from storage.model import StoredDigest


async def in_their_language(
    tx: Transaction, digest_id: int, wanted: str | None, *, now: datetime
) -> StoredDigest | None:
    """Give the digest or the translation of it that is nearest to *wanted*, a BCP 47 tag; None: none can be read."""
    editions = await editions_of(tx, digest_id, now=now)
    if not editions:
        return None
    edition = editions[nearest_edition([edition.language for edition in editions], wanted)]
    return await readable_digest(tx, edition.digest_id, now=now)
