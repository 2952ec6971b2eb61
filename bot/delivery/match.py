"""Whether a subscriber is to get a digest: pure."""

from storage.model import Digest, Preferences, Subscriber, SubscriberState


def why_not(subscriber: Subscriber, digest: Digest) -> str | None:
    """Say why the subscriber is not to get this digest now; None: it is."""
    if subscriber.state is not SubscriberState.ACTIVE:
        return f"the subscriber is {subscriber.state}"
    return None if wants(subscriber.preferences, digest) else "unsubscribed since"


def wants(preferences: Preferences, digest: Digest) -> bool:
    """Say whether what the subscriber asks for now has this digest in it."""
    chosen = {category.folded for category in preferences.categories}
    return preferences.everything or any(category.folded in chosen for category in digest.categories)
