"""What stands above the items of a message: title, time, categories."""

from datetime import datetime

from babel import Locale
from babel.dates import format_date, format_time

from bot.digests.builder import TextBuilder
from bot.messages.direction import mark_after, without_stray_marks
from bot.messages.graphemes import shortened
from bot.messages.hashtags import hashtag
from bot.messages.phrases import phrase
from storage.model import Digest, EntityType, FormattedText

_LONGEST_TITLE = 1_000
_LONGEST_AGAIN = 64
_MOST_CATEGORIES = 20


def header(digest: Digest, *, language: str, counter: str = "", below: str = "") -> FormattedText:
    """Title with the permalink, time and hashtags, a withdrawal above them.

    *counter* stands behind the title, *below* in a line of its own under all.
    """
    builder = TextBuilder().append(title_and_time(digest, language=language, counter=counter))
    if digest.categories:
        builder.append("\n").append(" ".join(hashtag(category) for category in digest.categories[:_MOST_CATEGORIES]))
    return builder.append(f"\n{below}" if below else "").build()


def title_and_time(digest: Digest, *, language: str, counter: str = "", longest: int = _LONGEST_TITLE) -> FormattedText:
    """Title with the permalink, at most *longest* characters of it, and time, a withdrawal above them."""
    builder = TextBuilder()
    if digest.withdrawn:
        builder.append(phrase(language, "withdrawn"), EntityType.BOLD).append("\n")
    title = _title(digest, longest)
    builder.open(EntityType.BOLD)
    builder.append(title, EntityType.TEXT_LINK if digest.permalink else None, digest.permalink or "")
    builder.close(EntityType.BOLD)
    builder.append(_beside(title, counter))
    if digest.published_at is not None:
        builder.append("\n")
        _add_time(builder, digest.published_at, day_only=digest.day_only, language=language)
    return builder.build()


def header_again(digest: Digest, *, counter: str = "") -> FormattedText:
    """What stands above the parts after the first: the title, shortened, and *counter*."""
    title = _title(digest, _LONGEST_AGAIN)
    return TextBuilder().append(title, EntityType.BOLD).append(_beside(title, counter)).build()


def _add_time(builder: TextBuilder, at: datetime, *, day_only: bool, language: str) -> None:
    """Add when: a time that Telegram shows in the reader's own zone, or a day, which has no zone to be moved to."""
    locale = Locale.parse(language, sep="-")
    day = format_date(at, "long", locale)
    if day_only:
        builder.append(day)
    else:
        # An app from before Bot API 9.5 shows these words, in the source's zone.
        words = f"{day} {format_time(at, 'HH:mm', locale=locale)} {_zone(at)}"
        builder.append(words, EntityType.DATE_TIME, str(int(at.timestamp())))


def _zone(at: datetime) -> str:
    offset = at.strftime("%z")
    hours, minutes = offset[:3], offset[3:5]
    if int(hours) == 0 and minutes == "00":
        return "UTC"
    return f"UTC{hours[0]}{int(hours[1:])}" + (f":{minutes}" if minutes != "00" else "")


def _beside(title: str, counter: str) -> str:
    return mark_after(title) + counter if counter else ""


def _title(digest: Digest, longest: int) -> str:
    return shortened(without_stray_marks(FormattedText(digest.title)).text, longest)
