"""Show an item among those that somebody may share, and as the message that it becomes."""

from dataclasses import dataclass

from bot.messages.found import day_of, show_item
from bot.messages.graphemes import shortened, within
from bot.messages.hits import Marks, excerpt
from storage.model import FormattedText, Hit

_LONGEST_TITLE = 100
_LONGEST_DIGEST = 40
_WIDEST_SUMMARY = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """What stands in the list, and what is sent into the chat when it is chosen."""

    title: str
    description: str
    message: FormattedText


def offer(language: str, hit: Hit, marks: Marks) -> Offer:
    """Offer the item of *hit*, with the words that *marks* finds where its headline does not say them."""
    headline, summary = hit.item.headline.text, hit.item.summary.text
    title = _line(headline or summary, _LONGEST_TITLE)
    about = excerpt(title, summary, marks) or (within(" ".join(summary.split()), _WIDEST_SUMMARY) if headline else "")
    stood = f"{_line(hit.title, _LONGEST_DIGEST)} · {day_of(language, hit.at)}"
    [message] = show_item(language, hit, most=1, folded=True)
    return Offer(title, "\n".join(line for line in (about, stood) if line), message)


def _line(text: str, longest: int) -> str:
    return shortened(" ".join(text.split()), longest)
