"""Deliveries for tests, as the outbox leaves them."""

from datetime import datetime

from storage.database import Transaction
from storage.model import Collected, DeliveryKind, Layout, MadeOf, Selection
from storage.selections import write_selection
from storage.time import to_millis
from tests.builders import MONDAY


async def add_delivery(
    tx: Transaction,
    subscriber_id: int,
    digest_id: int,
    *,
    kind: DeliveryKind = "digest",
    state: str = "sent",
    reason: str | None = None,
    made_of: MadeOf | None = None,
    held: bool = False,
    at: datetime = MONDAY,
    roundup_id: int | None = None,
    message_ids: tuple[int, ...] = (),
) -> int:
    """Put a delivery into the outbox; give its id."""
    ended = state not in ("waiting", "sending")
    id_ = int(
        await tx.value(
            """
            INSERT INTO deliveries (kind, digest_id, subscriber_id, state, due_at, try_at, reason, finished_at, held,
                                    roundup_id, edition_id, revision, layout, language, selection, parts_sent)
            VALUES (:kind, :digest_id, :subscriber_id, :state, :at, :at, :reason, :finished_at, :held,
                    :roundup_id, :edition_id, :revision, :layout, :language, :selection, :parts)
            RETURNING id
            """,
            {
                "kind": kind,
                "digest_id": digest_id,
                "subscriber_id": subscriber_id,
                "state": state,
                "at": to_millis(at),
                "reason": reason,
                "finished_at": to_millis(at) if ended else None,
                "held": held,
                "roundup_id": roundup_id,
                "edition_id": made_of.digest_id if made_of else None,
                "revision": made_of.revision if made_of else None,
                "layout": made_of.layout if made_of else None,
                "language": made_of.language if made_of else None,
                "selection": write_selection(made_of) if made_of else None,
                "parts": len(message_ids),
            },
        )
    )
    await tx.run_many(
        "INSERT INTO messages (delivery_id, part, message_id) VALUES (:id, :part, :message_id)",
        [{"id": id_, "part": part, "message_id": message_id} for part, message_id in enumerate(message_ids)],
    )
    return id_


async def add_roundup(
    tx: Transaction,
    subscriber_id: int,
    collected: dict[int, Selection],
    *,
    at: datetime = MONDAY,
    state: str = "sent",
    language: str = "en",
    layout: Layout = "headlines",
) -> int:
    """Let a roundup bring these digests, the newest last; give its id."""
    newest = list(collected)[-1]
    brought = tuple(Collected(digest_id, 1, selection) for digest_id, selection in collected.items())
    made_of = MadeOf(newest, 1, layout, language, collected=brought)
    id_ = await add_delivery(tx, subscriber_id, newest, kind="roundup", state=state, made_of=made_of, at=at)
    for digest_id, selection in collected.items():
        of_one = MadeOf(digest_id, 1, layout, language, selection)
        await add_delivery(tx, subscriber_id, digest_id, state=state, made_of=of_one, at=at, roundup_id=id_)
    return id_
