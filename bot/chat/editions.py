"""A digest that is published in several languages, in the one that a person reads."""

from datetime import datetime

from bot.digests.twins import nearest_edition
from storage.database import Transaction
from storage.digests import digest_by_id, editions_of
from storage.model import StoredDigest


async def in_their_language(
    tx: Transaction, stored: StoredDigest, wanted: str | None, *, now: datetime
) -> StoredDigest:
    """Give *stored* itself or the translation of it that is nearest to *wanted*, a BCP 47 tag."""
    editions = await editions_of(tx, stored.id, now=now)
    edition = editions[nearest_edition([edition.language for edition in editions], wanted)]
    return stored if edition.digest_id == stored.id else await digest_by_id(tx, edition.digest_id)
