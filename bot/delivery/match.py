"""Whether a subscriber is to get a digest: pure; `bot.match` says what of it."""

from collections.abc import Sequence

from bot.match import ALL_MUTED, NO_WORD, UNSUBSCRIBED
from storage.model import ALL, Digest, MadeOf, Preferences, Selection, Subscriber, SubscriberState

WITHDRAWN = "withdrawn by its publisher"
# Each digest says why: of a group it may wait for its channel.
NOTHING_LEFT = "nothing is left of it"


def why_not(
    subscriber: Subscriber, editions: Sequence[Digest], *, selection: Selection = ALL, begun: bool = False
) -> str | None:
    """Say why the subscriber is not to get this *selection* of a digest now, in any of its *editions*; None: it is.

    What was *begun* is sent to its end when it is withdrawn, so that the chat can be told.
    """
    if subscriber.state is not SubscriberState.ACTIVE:
        return f"the subscriber is {subscriber.state}"
    if not begun and editions and all(digest.withdrawn for digest in editions):
        return WITHDRAWN
    if not wants(subscriber.preferences, editions):
        return UNSUBSCRIBED
    if selection.items == ():
        return ALL_MUTED if selection.all_muted else NO_WORD
    return None


def why_no_roundup(subscriber: Subscriber, made_of: MadeOf) -> str | None:
    """Say why the subscriber is not to get this roundup now; None: it is."""
    if subscriber.state is not SubscriberState.ACTIVE:
        return f"the subscriber is {subscriber.state}"
    preferences = subscriber.preferences
    asks = preferences.everything or preferences.categories or preferences.followed
    if not asks:
        return UNSUBSCRIBED
    return None if made_of.collected else NOTHING_LEFT


def wants(preferences: Preferences, editions: Sequence[Digest]) -> bool:
    """Say whether what the subscriber asks for now may have this digest in it, whichever edition names the category.

    Whoever follows words may want any; `match` knows.
    """
    chosen = {category.folded for category in preferences.categories}
    named = {category.folded for digest in editions for category in digest.categories}
    return preferences.everything or bool(preferences.followed) or not chosen.isdisjoint(named)
