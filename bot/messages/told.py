"""Say of an item that its chat has had it before, and where."""

from collections.abc import Mapping

from bot.digests.builder import TextBuilder
from bot.messages.direction import mark_after, without_stray_marks
from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from storage.model import EntityType, FormattedText, Heading, Selection

_LONGEST_TITLE = 64


def also_in(language: str, selection: Selection, headings: Mapping[int, Heading]) -> Mapping[int, FormattedText]:
    """Give, by the place of each item that *selection* folds, the words that name where it was told.

    They are empty where *headings* does not know the digest.
    """
    return {place: _also_in(language, headings.get(digest_id)) for place, digest_id in selection.told}


def _also_in(language: str, heading: Heading | None) -> FormattedText:
    if heading is None:
        return FormattedText()
    title = shortened(without_stray_marks(FormattedText(" ".join(heading.title.split()))).text, _LONGEST_TITLE)
    # Put where the language wants it, and found again by its place.
    before, _, after = phrase(language, "also-in", title="\0").partition("\0")
    builder = TextBuilder().append(before)
    builder.append(title, EntityType.TEXT_LINK if heading.permalink else None, heading.permalink or "")
    return builder.append(mark_after(title) + after).build()
