"""What `digest-bot deliveries --json` tells: one object a line."""

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.cli.report import Report
from storage.audit import Audit
from storage.members import Member


class AsJson:
    """Tells programs."""

    def paused(self, since: datetime) -> None:
        """Leave it to `status`."""

    def several(self, reports: list[Report]) -> None:
        """Tell how digests fared."""
        for report in reports:
            _write(_digest(report))

    def digest(self, report: Report, *, whole: bool) -> None:  # noqa: ARG002 - a person is told less of several
        """Tell what the digest is and how it fared."""
        _write(_digest(report))

    def counts(self, report: Report) -> None:
        """Tell nothing more: the digest was told with them."""

    def columns(self) -> None:
        """Tell nothing: JSON has names."""

    def delivery(self, report: Report, audit: Audit) -> None:  # noqa: ARG002 - a person needs it
        """Tell what became of one delivery."""
        _write(_delivery(audit))

    def none(self, chat_id: int, member: Member | None, why: str) -> None:
        """Tell why the chat, or the topic of it that *member* is, has no delivery."""
        subscriber = None if member is None else member.subscriber
        _write(
            {
                "chat_id": chat_id,
                "topic_id": 0 if subscriber is None else subscriber.address.topic_id,
                "called": member.called if member is not None else "",
                "type": None if subscriber is None else subscriber.type,
                "subscriber": None if subscriber is None else subscriber.state,
                "kind": "digest",
                "state": None,
                "reason": why,
            }
        )

    def more(self, shown: int) -> None:
        """Tell nothing: all of them were told."""


def _write(told: Mapping[str, Any]) -> None:
    # Not by `typer.echo`, which flushes each line: of a million that is half the time.
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


def _digest(report: Report) -> dict[str, Any]:
    digest = report.digest
    return {
        "digest": digest.id,
        "source": digest.source,
        "path": digest.path,
        "title": digest.title,
        "permalink": digest.permalink,
        "categories": [category.name for category in report.categories],
        "seen": _written(digest.first_seen_at),
        "gone": _written(digest.vanished_at),
        "not_sent": digest.not_sent,
        "due": _written(report.due_at),
        # What is still being owed; nothing: all of it was, or was not to be.
        "fan_outs": [
            {
                "kind": progress.kind,
                "due": _written(progress.due_at),
                "hold": progress.hold,
                "asked": progress.asked,
                "subscribers": progress.of,
            }
            for progress in report.progress
        ],
        "counts": {kind: report.by_state(kind) for kind in report.kinds},
        "without_rows": sum(report.tallied.values()),
        # Subscribers that were not owed it, and whether they would be now.
        "none": [
            {"subscriber": without.state, "wants": without.wants, "number": without.number}
            for without in report.without
        ],
        "in_doubt": report.in_doubt,
        "given_up": report.given_up,
        "reasons": [
            {"kind": count.kind, "state": count.state, "reason": count.reason, "number": count.number}
            for count in report.counts
            if count.reason is not None
        ],
    }


def _delivery(audit: Audit) -> dict[str, Any]:
    return {
        "chat_id": audit.chat_id,
        "topic_id": audit.topic_id,
        "called": audit.called,
        "type": audit.type,
        "subscriber": audit.subscriber_state,
        "kind": audit.kind,
        "state": audit.state,
        "parts": audit.parts,
        "due": _written(audit.due_at),
        "finished": _written(audit.finished_at),
        "next_try": None if audit.finished_at else _written(audit.try_at),
        "held": audit.held,
        "in_roundup": audit.in_roundup,
        "reason": audit.reason,
        "attempts": audit.attempts,
        "in_doubt": audit.unsure,
        "given_up": audit.given_up,
        "edition": audit.edition,
        "revision": audit.revision,
        "layout": audit.layout,
        "language": audit.language,
    }


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
