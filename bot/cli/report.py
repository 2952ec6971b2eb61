"""How a digest fared, gathered from the database."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cli.no_delivery import Owed
from storage.audit import Count, Progress, count_deliveries, progress_of
from storage.database import Transaction
from storage.digests import editions_of
from storage.finding import FoundDigest, categories_for
from storage.members import Without, count_without
from storage.model import Category
from storage.tallies import tallied

# As they are told: the good end first.
STATES = ("sent", "failed", "skipped", "sending", "waiting")


@dataclass(frozen=True, slots=True)
class Report:
    """How a digest fared."""

    digest: FoundDigest
    categories: tuple[Category, ...]
    file_is_there: bool
    progress: tuple[Progress, ...]
    counts: tuple[Count, ...]
    # By kind and state, of deliveries whose rows are gone.
    tallied: dict[tuple[str, str], int]
    # Subscribers that have no delivery of it; not counted for one that was never owed, or is told of in a line.
    without: tuple[Without, ...] = ()

    @property
    def kinds(self) -> list[str]:
        """What of it was owed: itself, and perhaps changes of it."""
        return sorted({count.kind for count in self.counts} | {kind for kind, _ in self.tallied})

    def by_state(self, kind: str = "digest") -> dict[str, int]:
        """Count the deliveries of *kind* in each state that has any, those without rows too."""
        numbers = Counter({state: number for (of, state), number in self.tallied.items() if of == kind})
        for count in self.counts:
            numbers[count.state] += count.number if count.kind == kind else 0
        return {state: numbers[state] for state in STATES if numbers[state]}

    @property
    def fan_out(self) -> Progress | None:
        """How far it is owed; None: to everybody, or to nobody."""
        return next((progress for progress in self.progress if progress.kind == "digest"), None)

    @property
    def due_at(self) -> datetime | None:
        """When it was due first; None: it was not owed, or that is not known any more."""
        dues = [count.due_at for count in self.counts if count.kind == "digest"]
        return min(dues, default=None if self.fan_out is None else self.fan_out.due_at)

    @property
    def in_doubt(self) -> int:
        """How many deliveries have had a part in doubt; edits are made again without harm."""
        return sum(count.in_doubt for count in self.counts if count.kind != "edit")

    @property
    def given_up(self) -> int:
        """How many of those parts were given up."""
        return sum(count.given_up for count in self.counts)

    @property
    def owed(self) -> Owed:
        """How it came to be owed, for who asks why a chat has none."""
        gone = sum(number for (kind, _), number in self.tallied.items() if kind == "digest")
        not_sent, due_at = self.digest.not_sent, self.due_at
        return Owed(self.categories, not_sent, self.file_is_there, self.fan_out, due_at, gone)


async def report(tx: Transaction, digest: FoundDigest, *, now: datetime, whole: bool) -> Report:
    """Gather how the *digest* fared; *whole*: and how many have none of it, for which all are gone through."""
    fared = Report(
        digest=digest,
        categories=tuple(await categories_for(tx, digest.id)),
        file_is_there=bool(await editions_of(tx, digest.id, now=now)),
        progress=tuple(await progress_of(tx, digest.id)),
        counts=tuple(await count_deliveries(tx, digest.id)),
        tallied=await tallied(tx, digest.id),
    )
    if not whole or not (fared.kinds or fared.progress):
        return fared
    return replace(fared, without=tuple(await count_without(tx, digest.id)))
