"""Whether a subscriber wants a digest: pure."""

from storage.model import Digest, Preferences


def wants(preferences: Preferences, digest: Digest) -> bool:
    """Say whether what the subscriber asks for now has this digest in it."""
    chosen = {category.folded for category in preferences.categories}
    return preferences.everything or any(category.folded in chosen for category in digest.categories)
