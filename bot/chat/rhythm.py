"""Say in one line what arrives and how often, as the archive tells."""

from datetime import datetime, timedelta

from babel import Locale
from babel.dates import format_date, format_timedelta

from bot.chat.request import Request
from bot.messages.choices import named
from bot.messages.phrases import phrase
from storage.rhythm import Rhythm, rhythm

# How far back the archive is asked.
LATELY = timedelta(days=30)
_DAY = timedelta(days=1)
_MOST_TOPICS = 3
# Of one digest a week a month may have four; that is one a week.
_ABOUT_ONE = 0.9


def how_often(digests: int, first_at: datetime, *, now: datetime) -> tuple[str, int]:
    """Say how many come in a `day`, `week` or `month`, of *digests* in the last 30 days; `never`: of late none came.

    Of an archive that is younger than that, its age counts.
    """
    days = min(LATELY, max(_DAY, now - first_at)) / _DAY
    a_day = digests / days
    if not digests:
        return "never", 0
    if a_day >= _ABOUT_ONE:
        return "day", round(a_day)
    if a_day * 7 >= _ABOUT_ONE:
        return "week", round(a_day * 7)
    return "month", max(1, round(a_day * 30))


async def tell_rhythm(request: Request) -> str:
    """Say what comes, how often, and when the last one did."""
    now = request.services.clock.now()
    async with request.services.database.snapshot() as tx:
        found = await rhythm(tx, since=now - LATELY, now=now, most=_MOST_TOPICS)
    return _told(request.language, found, now=now)


def _told(language: str, rhythm: Rhythm, *, now: datetime) -> str:
    if rhythm.first_at is None or rhythm.last_at is None:
        return phrase(language, "rhythm-none")
    per, count = how_often(rhythm.digests, rhythm.first_at, now=now)
    return phrase(
        language,
        "rhythm",
        per=per,
        count=count,
        topics=len(rhythm.busiest),
        categories=named(language, rhythm.busiest),
        last=_when(language, rhythm.last_at, day_only=rhythm.last_day_only, now=now),
    )


def _when(language: str, at: datetime, *, day_only: bool, now: datetime) -> str:
    locale = Locale.parse(language, sep="-")
    # Of a day one cannot say how many hours ago it was.
    if day_only:
        return phrase(language, "on-day", date=format_date(at, format="medium", locale=locale))
    passed = max(now - at, timedelta(minutes=1))
    return format_timedelta(-passed, add_direction=True, granularity="minute", locale=locale)
