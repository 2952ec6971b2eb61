"""What is sent to whom of a digest: pure."""

from collections.abc import Sequence

from bot.digests.twins import nearest_edition
from bot.messages.ending import has_text
from bot.messages.phrases import choose_language
from storage.model import Edition, MadeOf, Preferences

# An announcement says the same to all, and is made of nothing that anybody prefers.
ANNOUNCED = MadeOf(digest_id=0, revision=0, layout="full", language="")


def made_of(editions: Sequence[Edition], preferences: Preferences) -> MadeOf:
    """Choose for these *preferences* among a digest's *editions*, of which there is one at least."""
    edition = editions[nearest_edition([edition.language for edition in editions], preferences.language)]
    language = choose_language(preferences.language or edition.language)
    signed = has_text(preferences.ending)
    return MadeOf(edition.digest_id, edition.revision, preferences.layout, language, signed=signed)
