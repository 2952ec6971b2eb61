"""Queries for who got a digest, who did not, and why: what operators ask after the fact, of a few rows or a million."""

from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from storage.database import Transaction
from storage.time import from_millis, to_millis

# Where a listing by subscriber begins.
START = (0, "")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the fan-out of a digest, or of a change of it, has come; *hold* says why it rests, None: it does not."""

    kind: str
    due_at: datetime
    # Up to this one all were asked for.
    subscriber_id: int
    hold: str | None
    asked: int
    of: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many deliveries of a digest have this kind, state and reason, and what they have in common."""

    kind: str
    state: str
    # None: there is nothing to say.
    reason: str | None
    number: int
    # How many were ever in doubt, and how many parts of them were given up.
    in_doubt: int
    given_up: int
    parts: int
    due_at: datetime
    # Of the last of them. None: they are not finished.
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Audit:
    """What became of one delivery."""

    chat_id: int
    topic_id: int
    # What the chat is called, and its topic; empty: it is private, or that is not known.
    called: str
    type: str
    subscriber_id: int
    subscriber_state: str
    kind: str
    state: str
    reason: str | None
    due_at: datetime
    # None: it is not finished, and is tried at *try_at*; of what is held, when its time comes (None: it is not known).
    finished_at: datetime | None
    try_at: datetime | None
    # Whether it is kept for a roundup, and whether one has it.
    held: bool
    in_roundup: bool
    attempts: int
    parts: int
    unsure: int
    given_up: int
    # The path of the edition that it is made of, the revision, layout and language. None: nothing was asked yet.
    edition: str | None
    revision: int | None
    layout: str | None
    language: str | None


async def progress_of(tx: Transaction, digest_id: int) -> list[Progress]:
    """Say how far the digest, and a change of it, is owed; what is not named is done, or was never begun."""
    rows = await tx.rows(
        """
        SELECT *, (SELECT count(*) FROM subscribers WHERE id <= fan_outs.subscriber_id) AS asked,
               (SELECT count(*) FROM subscribers) AS number
          FROM fan_outs WHERE digest_id = :id ORDER BY kind
        """,
        {"id": digest_id},
    )
    return [
        Progress(
            kind=row["kind"],
            due_at=from_millis(row["due_at"]),
            subscriber_id=row["subscriber_id"],
            hold=row["hold"],
            asked=row["asked"],
            of=row["number"],
        )
        for row in rows
    ]


async def count_deliveries(tx: Transaction, digest_id: int) -> list[Count]:
    """Count the deliveries of the digest whose rows are there, by kind, state and reason, the most first."""
    rows = await tx.rows(
        """
        SELECT kind, state, reason, count(*) AS number, sum(unsure > 0) AS in_doubt, sum(given_up) AS given_up,
               sum(parts_sent) AS parts, min(due_at) AS due_at, max(finished_at) AS finished_at
          FROM deliveries WHERE digest_id = :id
         GROUP BY kind, state, reason ORDER BY number DESC, kind, state, reason
        """,
        {"id": digest_id},
    )
    return [
        Count(
            kind=row["kind"],
            state=row["state"],
            reason=row["reason"],
            number=row["number"],
            in_doubt=row["in_doubt"],
            given_up=row["given_up"],
            parts=row["parts"],
            due_at=from_millis(row["due_at"]),
            finished_at=_at(row["finished_at"]),
        )
        for row in rows
    ]


async def audits(
    tx: Transaction,
    digest_id: int,
    *,
    after: tuple[int, str] = START,
    state: str | None = None,
    limit: int,
) -> list[Audit]:
    """Give what became of the digest's deliveries, by subscriber and kind, from the one *after* these on."""
    # Row values begin in the middle of the index; with OR, all that comes before would be read again and again.
    rows = await tx.rows(
        """
        SELECT deliveries.*, chat_id, topic_id, subscribers.type, subscribers.state AS subscriber_state,
               iif(deliveries.held, coalesce(roundup.try_at, subscribers.next_due_at), deliveries.try_at) AS next_at,
               CASE WHEN deliveries.revision IS NOT NULL THEN coalesce(edition.path, digests.path) END AS edition,
               coalesce(chats.title, '') || coalesce(' › ' || nullif(topics.name, ''), '') AS called
          FROM deliveries JOIN subscribers ON subscribers.id = deliveries.subscriber_id
          LEFT JOIN chats USING (chat_id)
          LEFT JOIN topics USING (chat_id, topic_id)
          JOIN digests ON digests.id = deliveries.digest_id
          LEFT JOIN digests AS edition ON edition.id = deliveries.edition_id
          LEFT JOIN deliveries AS roundup ON roundup.id = deliveries.roundup_id
         WHERE deliveries.digest_id = :digest_id
           AND (deliveries.subscriber_id, deliveries.kind) > (:subscriber_id, :kind)
           AND (:state IS NULL OR deliveries.state = :state)
         ORDER BY deliveries.subscriber_id, deliveries.kind LIMIT :limit
        """,
        {
            "digest_id": digest_id,
            "subscriber_id": after[0],
            "kind": after[1],
            "state": state,
            "limit": limit,
        },
    )
    return [_audit(row) for row in rows]


async def count_doubts(tx: Transaction, *, since: datetime) -> tuple[int, int]:
    """Count how often a part was in doubt, and how many of them were given up, in what was due after *since*.

    But for edits, which are made again without harm.
    """
    row = await tx.row(
        """
        SELECT coalesce(sum(unsure), 0) AS unsure, coalesce(sum(given_up), 0) AS given_up
          FROM deliveries WHERE unsure > 0 AND due_at >= :since AND kind <> 'edit'
        """,
        {"since": to_millis(since)},
    )
    return (0, 0) if row is None else (row["unsure"], row["given_up"])


def _audit(row: Row) -> Audit:
    return Audit(
        chat_id=row["chat_id"],
        topic_id=row["topic_id"],
        called=row["called"],
        type=row["type"],
        subscriber_id=row["subscriber_id"],
        subscriber_state=row["subscriber_state"],
        kind=row["kind"],
        state=row["state"],
        reason=row["reason"],
        due_at=from_millis(row["due_at"]),
        finished_at=_at(row["finished_at"]),
        try_at=_at(row["next_at"]),
        held=bool(row["held"]),
        in_roundup=row["roundup_id"] is not None,
        attempts=row["attempts"],
        parts=row["parts_sent"],
        unsure=row["unsure"],
        given_up=row["given_up"],
        edition=row["edition"],
        revision=row["revision"],
        layout=row["layout"],
        language=row["language"],
    )


def _at(millis: int | None) -> datetime | None:
    return None if millis is None else from_millis(millis)
