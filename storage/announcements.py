"""Queries for announcements: what they say and whom they are for, and that they begin, pause, go on and end."""

import json
from datetime import datetime
from sqlite3 import Row

from storage.database import Transaction
from storage.model import EVERYONE, Announcement, Audience, Content
from storage.time import from_millis, to_millis


async def open_draft(tx: Transaction, made_by: int | None, *, now: datetime) -> int:
    """Begin a draft that says nothing yet, in place of the one that its maker may have; give its id."""
    await tx.run(
        """
        UPDATE announcements SET state = 'cancelled', ended_at = :now WHERE state = 'draft' AND made_by IS :made_by
        """,
        {"made_by": made_by, "now": to_millis(now)},
    )
    id_: int = await tx.value(
        """
        INSERT INTO announcements (made_by, made_at, method, text) VALUES (:made_by, :now, 'sendMessage', '')
        RETURNING id
        """,
        {"made_by": made_by, "now": to_millis(now)},
    )
    return id_


async def await_draft(tx: Transaction, made_by: int, *, now: datetime) -> None:
    """Await another text, picture or file of somebody who has a draft; that stays as it is until then."""
    await tx.run(
        "INSERT INTO announcements (made_by, made_at, method, text) VALUES (:made_by, :now, 'sendMessage', '')",
        {"made_by": made_by, "now": to_millis(now)},
    )


async def await_no_more(tx: Transaction, made_by: int, *, now: datetime) -> None:
    """Await nothing of them any more; a draft that says something stays."""
    await tx.run(
        """
        UPDATE announcements SET state = 'cancelled', ended_at = :now
         WHERE state = 'draft' AND made_by = :made_by AND text = '' AND file_id IS NULL
        """,
        {"made_by": made_by, "now": to_millis(now)},
    )


async def last_draft(tx: Transaction, made_by: int) -> Announcement | None:
    """Give their draft that says something; None: there is none."""
    row = await tx.row(
        """
        SELECT * FROM announcements
         WHERE state = 'draft' AND made_by = :made_by AND (text <> '' OR file_id IS NOT NULL)
         ORDER BY id DESC LIMIT 1
        """,
        {"made_by": made_by},
    )
    return None if row is None else _announcement(row)


async def awaited_draft(tx: Transaction, made_by: int, *, since: datetime) -> int | None:
    """Give the id of the draft that its maker began since then and said nothing in; None: there is none."""
    row = await tx.row(
        """
        SELECT id FROM announcements
         WHERE state = 'draft' AND made_by = :made_by AND made_at >= :since AND text = '' AND file_id IS NULL
         ORDER BY id DESC LIMIT 1
        """,
        {"made_by": made_by, "since": to_millis(since)},
    )
    return None if row is None else row["id"]


async def fill_draft(tx: Transaction, id_: int, content: Content) -> None:
    """Let the draft say *content*."""
    await tx.run(
        """
        UPDATE announcements
           SET method = :method, file_id = :file_id, text = :text, entities = :entities, buttons = :buttons
         WHERE id = :id AND state = 'draft'
        """,
        {
            "id": id_,
            "method": content.method,
            "file_id": content.file_id,
            "text": content.text,
            "entities": json.dumps(content.entities, ensure_ascii=False),
            "buttons": json.dumps(
                [[{"text": label, "url": url} for label, url in row] for row in content.buttons], ensure_ascii=False
            ),
        },
    )


async def aim(tx: Transaction, id_: int, audience: Audience) -> None:
    """Let the draft be for *audience*."""
    await tx.run(
        "UPDATE announcements SET audience = :audience WHERE id = :id AND state = 'draft'",
        {"id": id_, "audience": write_audience(audience)},
    )


async def drop_draft(tx: Transaction, id_: int, *, now: datetime) -> bool:
    """Let the draft never be sent; False: it is none."""
    return bool(
        await tx.run(
            "UPDATE announcements SET state = 'cancelled', ended_at = :now WHERE id = :id AND state = 'draft'",
            {"id": id_, "now": to_millis(now)},
        )
    )


async def forget_drafts(tx: Transaction, *, before: datetime) -> None:
    """Delete what was written before then and never sent, but for the last: no old button is to mean another one."""
    await tx.run(
        """
        DELETE FROM announcements
         WHERE started_at IS NULL AND made_at < :before AND id < (SELECT max(id) FROM announcements)
        """,
        {"before": to_millis(before)},
    )


async def start(tx: Transaction, id_: int, *, now: datetime, report_message_id: int | None = None) -> bool:
    """Let the draft be owed to its audience from now on; False: it is no draft, or says nothing."""
    return bool(
        await tx.run(
            """
            UPDATE announcements
               SET state = 'fanning out', started_at = :now, report_message_id = :report_message_id
             WHERE id = :id AND state = 'draft' AND (text <> '' OR file_id IS NOT NULL)
            """,
            {"id": id_, "now": to_millis(now), "report_message_id": report_message_id},
        )
    )


async def pause(tx: Transaction, id_: int) -> bool:
    """Let nobody more be sent it until it goes on; False: it is not under way."""
    return bool(
        await tx.run(
            """
            UPDATE announcements SET state = 'paused'
             WHERE id = :id AND state IN ('fanning out', 'done') AND ended_at IS NULL
            """,
            {"id": id_},
        )
    )


async def go_on(tx: Transaction, id_: int) -> bool:
    """Let it go on from where it was paused; False: it is not."""
    # Whether all are owed it, the fan-out finds out.
    return bool(
        await tx.run("UPDATE announcements SET state = 'fanning out' WHERE id = :id AND state = 'paused'", {"id": id_})
    )


async def cancel(tx: Transaction, id_: int) -> bool:
    """Let nobody more be sent it, ever; False: it is not under way. Who waits for it is skipped by `skip_cancelled`."""
    return bool(
        await tx.run(
            """
            UPDATE announcements SET state = 'cancelled'
             WHERE id = :id AND state IN ('fanning out', 'done', 'paused') AND ended_at IS NULL
            """,
            {"id": id_},
        )
    )


async def end(tx: Transaction, id_: int, *, now: datetime) -> None:
    """Note that it is over, and its report written."""
    await tx.run(
        "UPDATE announcements SET ended_at = :now WHERE id = :id AND ended_at IS NULL",
        {"id": id_, "now": to_millis(now)},
    )


async def note_report(tx: Transaction, id_: int, message_id: int | None) -> None:
    """Note which message shows its maker how far it is; None: none does."""
    await tx.run(
        "UPDATE announcements SET report_message_id = :message_id WHERE id = :id", {"id": id_, "message_id": message_id}
    )


async def announcement_with(tx: Transaction, id_: int) -> Announcement | None:
    """Give the announcement with this id."""
    row = await tx.row("SELECT * FROM announcements WHERE id = :id", {"id": id_})
    return None if row is None else _announcement(row)


async def under_way(tx: Transaction) -> list[Announcement]:
    """Give what was begun and is not over, paused or not, the oldest first."""
    rows = await tx.rows("SELECT * FROM announcements WHERE state <> 'draft' AND ended_at IS NULL ORDER BY id")
    return [_announcement(row) for row in rows]


async def last_announcements(tx: Transaction, *, limit: int) -> list[Announcement]:
    """Give what was begun last, the newest first."""
    rows = await tx.rows(
        "SELECT * FROM announcements WHERE started_at IS NOT NULL ORDER BY id DESC LIMIT :limit", {"limit": limit}
    )
    return [_announcement(row) for row in rows]


def write_audience(audience: Audience) -> str:
    """Write it as its column has it."""
    written = {"languages": audience.languages, "types": audience.types, "categories": audience.categories}
    return json.dumps({name: values for name, values in written.items() if values})


def _announcement(row: Row) -> Announcement:
    return Announcement(
        id=row["id"],
        made_by=row["made_by"],
        state=row["state"],
        content=Content(
            text=row["text"],
            method=row["method"],
            file_id=row["file_id"],
            entities=tuple(json.loads(row["entities"])),
            buttons=tuple(
                tuple((button["text"], button["url"]) for button in buttons) for buttons in json.loads(row["buttons"])
            ),
        ),
        audience=_read_audience(row["audience"]),
        started_at=None if row["started_at"] is None else from_millis(row["started_at"]),
        ended_at=None if row["ended_at"] is None else from_millis(row["ended_at"]),
        report_message_id=row["report_message_id"],
    )


def _read_audience(written: str) -> Audience:
    read = json.loads(written)
    chosen = (tuple(read.get(name, ())) for name in ("languages", "types", "categories"))
    return Audience(*chosen) if read else EVERYONE
