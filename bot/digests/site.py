"""What is known of the site that a source publishes."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.digests.categories import NO_TABLE, CategoryTable


@dataclass(frozen=True, slots=True)
class Site:
    """Where digests are read on the web, and what their own words leave open."""

    # None: relative links become plain text, and only digests that name their own address have a permalink.
    base_url: str | None = None
    # Of times that name no zone, and of days.
    zone: ZoneInfo = ZoneInfo("UTC")  # noqa: RUF009 - it never changes
    # The front-matter keys that hold categories; the first that says any is taken.
    category_keys: tuple[str, ...] = ("categories", "category")
    # Which categories are one, and which are none.
    categories: CategoryTable = NO_TABLE
    # Of digests that do not say their own; None: it is not known.
    language: str | None = None
