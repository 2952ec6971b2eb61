"""Why a chat has no delivery of a digest: pure."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.cli.holds import HOLDS
from storage.audit import Progress
from storage.members import Member
from storage.model import Category, Preferences, SubscriberState

# Of a digest that was owed to nobody, and nothing more is known of.
BASELINE = "it was in the archive from the start, or was imported, and such are not sent"


@dataclass(frozen=True, slots=True)
class Owed:
    """How a digest came to be owed, or not."""

    categories: tuple[Category, ...]
    # Why it was stored and not sent. None: it was sent, or belongs to the baseline.
    not_sent: str | None
    file_is_there: bool
    # None: it was owed to everybody, or never to anybody.
    fan_out: Progress | None
    # When it was due. None: it was never owed, or that is not known any more.
    due_at: datetime | None
    # Of how many deliveries the rows are gone.
    tallied: int


def why_none(member: Member | None, owed: Owed, *, now: datetime, zone: tzinfo) -> str:
    """Say why nothing of the digest is owed to *member*, with times in *zone*; None: nobody there ever subscribed."""
    if member is None:
        return "no subscriber has this chat id: nobody there ever subscribed, or the group has another id now"
    unfit, fan_out = _unfit(member, owed, zone), owed.fan_out
    if fan_out is not None and fan_out.subscriber_id < member.subscriber.id:
        return unfit or f"its turn has not come: {_waiting(fan_out, owed, now=now, zone=zone)}"
    if fan_out is None and owed.due_at is None and not owed.tallied:
        return f"the digest was owed to nobody: {owed.not_sent or BASELINE}"
    if unfit:
        return unfit
    if owed.due_at is not None and member.came_at > owed.due_at:
        return f"it came at {moment(member.came_at, zone)}, after the digest was owed"
    gone = f"its row is one of the {owed.tallied} that were old and are only counted, or " if owed.tallied else ""
    return f"{gone}it did not want the digest, or was paused, when that was owed, and would get it now"


def moment(at: datetime, zone: tzinfo) -> str:
    """Write a time as all that is said of deliveries does."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _unfit(member: Member, owed: Owed, zone: tzinfo) -> str | None:
    """Say why the subscriber would not be owed the digest as things are now; None: it would."""
    subscriber = member.subscriber
    if subscriber.state is not SubscriberState.ACTIVE:
        since = "" if member.since is None else f" since {moment(member.since, zone)}"
        return f"it is {subscriber.state}{since}" + (f": {member.reason}" if member.reason else "")
    return None if _wants(subscriber.preferences, owed.categories) else _unwanted(subscriber.preferences, owed)


def _wants(preferences: Preferences, categories: tuple[Category, ...]) -> bool:
    chosen = {category.folded for category in preferences.categories}
    return preferences.everything or any(category.folded in chosen for category in categories)


def _unwanted(preferences: Preferences, owed: Owed) -> str:
    words = (f"items with “{word.shown}”" for word in preferences.followed)
    chosen = ", ".join([*(category.name for category in preferences.categories), *words]) or "nothing"
    named = ", ".join(category.name for category in owed.categories) or "no category"
    return f"it asked for {chosen}, and the digest has {named}"


def _waiting(fan_out: Progress, owed: Owed, *, now: datetime, zone: tzinfo) -> str:
    if fan_out.hold is not None:
        return f"the digest is held; {HOLDS[fan_out.hold]}"
    if fan_out.due_at > now:
        return f"the digest is due at {moment(fan_out.due_at, zone)}"
    if not owed.file_is_there:
        return "the digest's file is gone, and it waits for it to come back"
    return f"{fan_out.asked} of {fan_out.of} subscribers have been asked for"
