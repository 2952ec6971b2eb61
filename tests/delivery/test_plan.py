"""Whether and when a new digest is owed."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.delivery.plan import Owe, Plan, StoreOnly, plan
from storage.model import Digest
from tests.builders import MONDAY, a_digest

DAY = timedelta(days=1)
SHANGHAI = timezone(timedelta(hours=8))


def days_old(days: float, *, day_only: bool = False) -> Digest:
    return a_digest(published_at=MONDAY - days * DAY, day_only=day_only)


@pytest.mark.parametrize(
    ("digest", "catch_up", "expected"),
    [
        pytest.param(days_old(0.5), DAY, Owe(MONDAY), id="young"),
        pytest.param(days_old(1), DAY, Owe(MONDAY), id="just young enough"),
        pytest.param(
            days_old(1.5),
            DAY,
            StoreOnly("it was 36 hours old when it was first seen; DIGEST_BOT_CATCH_UP_HOURS is 24"),
            id="too old",
        ),
        pytest.param(
            days_old(400),
            DAY,
            StoreOnly("it was 400 days old when it was first seen; DIGEST_BOT_CATCH_UP_HOURS is 24"),
            id="much too old",
        ),
        pytest.param(days_old(400), None, Owe(MONDAY), id="no limit"),
        pytest.param(days_old(1.9, day_only=True), DAY, Owe(MONDAY), id="a day counts to its end"),
        pytest.param(
            days_old(2.5, day_only=True),
            DAY,
            StoreOnly("it was 36 hours old when it was first seen; DIGEST_BOT_CATCH_UP_HOURS is 24"),
            id="a day too old",
        ),
        pytest.param(a_digest(published_at=None), DAY, Owe(MONDAY), id="without a date"),
        pytest.param(days_old(-0.5), DAY, Owe(MONDAY + DAY / 2), id="of the future"),
        pytest.param(
            a_digest(published_at=datetime(2025, 7, 24, 1, tzinfo=SHANGHAI)),
            DAY,
            Owe(datetime(2025, 7, 23, 17, tzinfo=UTC), "it is dated 2025-07-23 17:00 UTC"),
            id="of the far future, told in UTC",
        ),
    ],
)
def test_a_digest_after_the_baseline(digest: Digest, catch_up: timedelta | None, expected: Plan) -> None:
    assert plan(digest, baseline=False, now=MONDAY, catch_up=catch_up) == expected


@pytest.mark.parametrize("days", [0, 400, -3])
def test_a_baseline_sends_nothing(days: float) -> None:
    assert plan(days_old(days), baseline=True, now=MONDAY, catch_up=None) == StoreOnly()
