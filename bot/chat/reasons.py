"""Why a digest came to somebody, came in part, or did not come: pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.due import goes_by_clock
from bot.match import ALL_MUTED, NO_WORD, UNSUBSCRIBED, Found, Match
from bot.messages.choices import Whom, quoted, state
from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from bot.messages.rows import in_a_row
from bot.messages.schedules import moment_told
from bot.messages.selected import places_shown
from bot.zones.guessed import guessed_zone
from storage.model import ALL, Digest, Heading, Preferences, Selection, Subscriber, SubscriberState, Word
from storage.traces import Publication, Trace

# Of what brought a digest, or hid some of it, no more is named.
_MOST = 3
_LONGEST_TITLE = 64
_LONGEST_WORD = 40
# What reasons that are kept for operators say, in words for the person whom they are about; the first that is in it.
_LOST = {
    "the subscriber is stopped": "why-had-stopped",
    "stopped by the subscriber": "why-had-stopped",
    "the subscriber is gone": "why-had-blocked",
    "blocked": "why-had-blocked",
    "deactivated": "why-had-blocked",
    "initiate conversation": "why-had-blocked",
    "chat not found": "why-had-blocked",
    "forwards it here": "why-forwarded",
    "withdrawn": "why-withdrawn",
    "after a pause": "why-skipped",
    "too late": "why-late",
    "given up after": "why-late",
    "may have arrived": "why-in-doubt",
}


@dataclass(frozen=True, slots=True)
class Wondered:
    """A digest that somebody wonders about, and all that tells what became of it for them."""

    digest_id: int
    # As they were shown it, else as it is now.
    digest: Digest
    # None: they never asked for anything.
    subscriber: Subscriber | None
    # How it is told who they are.
    whom: Whom
    # By what they ask for now; what they asked for then is not kept.
    match: Match
    trace: Trace | None
    publication: Publication
    # Whether an operator lets nothing go out now.
    is_paused: bool
    # Of the digests that told an item before.
    headings: Mapping[int, Heading]

    @property
    def came(self) -> bool:
        """Whether they were sent it."""
        return self.trace is not None and self.trace.state == "sent"

    @property
    def is_held(self) -> bool:
        """Whether it waits for their time."""
        return self.trace is not None and self.trace.held and not self.trace.in_roundup

    @property
    def is_of_choice(self) -> bool:
        """Whether what they chose, and may change, has to do with what became of it."""
        is_theirs = self.trace is not None and self.trace.state in ("sent", "sending", "waiting")
        return is_theirs or not self.match.is_wanted

    @property
    def selection(self) -> Selection:
        """What they were shown of it."""
        return self.trace.made_of.selection if self.trace and self.trace.made_of else ALL

    @property
    def hiding(self) -> list[Found]:
        """The muted words of now that hid something of it."""
        if not (self.came or self.match.everything or self.match.categories or self.match.followed):
            return []
        shown = places_shown(self.digest, self.selection) if self.came else ()
        found = (Found(each.word, tuple(set(each.places) - set(shown))) for each in self.match.muted)
        return [each for each in found if each.places]


def reasons(language: str, about: Wondered, *, now: datetime) -> list[str]:
    """Say what became of the digest and why, a sentence for each reason."""
    match about.trace:
        case None:
            return list(_never_owed(language, about))
        case Trace(state="sent"):
            return list(_came(language, about))
        case Trace(state="waiting" | "sending") as trace:
            return list(_coming(language, about, trace, now=now))
        case Trace(reason=reason):
            return list(_lost(language, about, reason or ""))


def _came(language: str, about: Wondered) -> Iterator[str]:
    yield from _brought(language, about)
    hidden = set(range(len(about.digest.items))) - set(places_shown(about.digest, about.selection))
    muted = {place for found in about.hiding for place in found.places}
    if muted:
        words = _either(language, [_quoted(language, found.word) for found in about.hiding])
        yield phrase(language, "why-muted", count=len(muted), words=words)
    if hidden - muted:
        is_by_words = about.match.followed and not (about.match.everything or about.match.categories)
        yield _say(language, about, "why-unasked" if is_by_words else "why-hidden", count=len(hidden - muted))
    told = Counter(digest_id for _, digest_id in about.selection.told if digest_id in about.headings)
    for digest_id, count in told.most_common(_MOST):
        title = shortened(about.headings[digest_id].title, _LONGEST_TITLE)
        yield _say(language, about, "why-told", count=count, title=title)


def _brought(language: str, about: Wondered) -> Iterator[str]:
    match = about.match
    if match.everything:
        yield state(language, Preferences(everything=True), whom=about.whom)
        return
    if match.categories:
        yield _say(language, about, "why-categories", categories=quoted(language, match.categories[:_MOST]))
    for found in match.followed[:_MOST]:
        yield _say(language, about, "why-followed", word=_quoted(language, found.word), count=len(found.places))
    if not (match.categories or match.followed):
        yield _say(language, about, "why-changed")


def _coming(language: str, about: Wondered, trace: Trace, *, now: datetime) -> Iterator[str]:
    if not about.match.is_wanted:
        yield from _unwanted(language, about)
    elif about.is_held:
        yield _held(language, about, trace.held_until, now=now)
    elif about.is_paused:
        yield _say(language, about, "why-paused")
    else:
        yield _say(language, about, "why-tried" if trace.was_tried else "why-on-its-way")


def _held(language: str, about: Wondered, until: datetime | None, *, now: datetime) -> str:
    if about.subscriber is None or until is None or until <= now:
        return _say(language, about, "why-on-its-way")
    schedule = about.subscriber.preferences.schedule
    name = "why-held" if schedule.cadence == "at once" else "why-in-roundup"
    is_guess = schedule.time_zone is None and not goes_by_clock(schedule)
    if is_guess:
        schedule = replace(schedule, time_zone=guessed_zone(about.subscriber.preferences.language))
    return _say(language, about, name, when=moment_told(language, until, schedule, now=now, is_guess=is_guess))


def _lost(language: str, about: Wondered, reason: str) -> Iterator[str]:
    if reason in (UNSUBSCRIBED, ALL_MUTED, NO_WORD):
        yield from _unwanted(language, about)
    else:
        found = next((name for said, name in _LOST.items() if said in reason.lower()), "why-refused")
        yield _say(language, about, found)


def _never_owed(language: str, about: Wondered) -> Iterator[str]:
    known, subscriber = about.publication, about.subscriber
    if subscriber is not None and subscriber.state is SubscriberState.STOPPED:
        yield _say(language, about, "why-stopped")
    elif subscriber is None or not _asks_for_anything(subscriber.preferences):
        yield _say(language, about, "why-nothing")
    elif known.is_forgotten:
        yield _say(language, about, "why-forgotten")
    elif known.subscribed_at is not None and known.subscribed_at > known.seen_at:
        yield _say(language, about, "why-before")
    elif known.is_baseline:
        yield _say(language, about, "why-baseline")
    elif known.not_sent is not None:
        yield _say(language, about, "why-too-old" if "old when" in known.not_sent else "why-to-nobody")
    elif about.digest.withdrawn:
        yield _say(language, about, "why-withdrawn")
    elif known.is_on_its_way and about.match.is_wanted:
        awaited = "why-awaited" if known.hold else "why-paused" if about.is_paused else "why-on-its-way"
        yield _say(language, about, awaited)
    else:
        yield from _unwanted(language, about)


def _unwanted(language: str, about: Wondered) -> Iterator[str]:
    """Say why it is not wanted; if it is now, it was not before."""
    asked, digest = about.match, about.digest
    if asked.is_wanted:
        yield _say(language, about, "why-later")
    elif about.hiding:
        words = [_quoted(language, found.word) for found in about.hiding]
        yield _say(language, about, "why-all-muted", words=_either(language, words))
    elif digest.categories:
        names = [quoted(language, [category]) for category in digest.categories]
        yield _say(language, about, "why-not-chosen", categories=_either(language, names))
    else:
        yield _say(language, about, "why-no-category")
    followed = about.subscriber.preferences.followed if about.subscriber else ()
    if not asked.is_wanted and not asked.followed and followed:
        words = [_quoted(language, word) for word in followed]
        yield _say(language, about, "why-no-word", words=_either(language, words))


def _say(language: str, about: Wondered, name: str, **facts: object) -> str:
    return phrase(language, name, whom=about.whom, **facts)


def _asks_for_anything(preferences: Preferences) -> bool:
    return preferences.everything or bool(preferences.categories or preferences.followed)


def _quoted(language: str, word: Word) -> str:
    return phrase(language, "quoted", category=shortened(word.shown, _LONGEST_WORD))


def _either(language: str, names: Sequence[str]) -> str:
    """One or another of *names*, of which no more than a few."""
    return in_a_row(language, names[:_MOST], style="or")
