"""Whether a subscriber is to get a digest: pure."""

from collections.abc import Sequence

from storage.model import Digest, Preferences, Subscriber, SubscriberState

WITHDRAWN = "withdrawn by its publisher"


def why_not(subscriber: Subscriber, editions: Sequence[Digest], *, begun: bool = False) -> str | None:
    """Say why the subscriber is not to get this digest now, in any of its *editions*; None: it is.

    What was *begun* is sent to its end when it is withdrawn, so that the chat can be told.
    """
    if subscriber.state is not SubscriberState.ACTIVE:
        return f"the subscriber is {subscriber.state}"
    if not begun and editions and all(digest.withdrawn for digest in editions):
        return WITHDRAWN
    return None if wants(subscriber.preferences, editions) else "unsubscribed since"


def wants(preferences: Preferences, editions: Sequence[Digest]) -> bool:
    """Say whether what the subscriber asks for now has this digest in it, whichever edition names the category."""
    chosen = {category.folded for category in preferences.categories}
    named = {category.folded for digest in editions for category in digest.categories}
    return preferences.everything or not chosen.isdisjoint(named)
