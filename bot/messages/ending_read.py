"""Read a footer, a signature and a line of buttons as somebody gives them, or say what is wrong with them: pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.digests.characters import clean, clean_line
from bot.digests.entities import settle
from bot.digests.links import openable
from bot.messages.ending import LONGEST_FOOTER, LONGEST_LABEL, LONGEST_SIGNATURE, MOST_LINKS, is_too_heavy
from storage.model import Entity, EntityType, FormattedText

# What stands between a button's words and its link.
_BETWEEN = " \t-–—:：|=→>"
# The end of a line, as people type an address: with a scheme, `@name`, or `example.org/news`; not that of a mail.
_LINK = re.compile(
    r"(?:(?:https?|tg|ton|tonsite)://\S+|(?<![\w@./-])(?:@[A-Za-z]\w{3,31}|[\w-]+(?:\.[\w-]+)*\.[^\W\d]{2,}(?:[/?#]\S*)?))$",
    re.IGNORECASE,
)
# Between two in one line, as announcements take it.
_BESIDE = re.compile(r"\s+\|\s+")
# To Telegram a link to a person is a mention, which that person may not want.
_PERSON = re.compile(r"tg://user\b", re.IGNORECASE)
_MOST_SHOWN = 64

Links = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: a phrase of the languages, and what it is about."""

    name: str
    # How much there may be at most, and how much there is.
    most: int = 0
    count: int = 0
    # The words in which it is.
    words: str = ""


def read_footer(given: FormattedText) -> FormattedText | Problem:
    """Read a footer with its styles; a link that Telegram does not open becomes plain text."""
    if clean(given.text) != given.text:
        given = FormattedText(clean(given.text))
    footer = settle(given.text, [kept for each in given.entities if (kept := _openable(each)) is not None])
    if not footer.text:
        return Problem("ending-empty")
    if len(footer.text) > LONGEST_FOOTER:
        return Problem("footer-too-long", LONGEST_FOOTER, len(footer.text))
    return Problem("footer-too-heavy") if is_too_heavy(footer) else footer


def read_signature(given: str) -> str | Problem:
    """Read a name in one line, without the dash that will stand before it."""
    signature = clean_line(given).lstrip("-–—").strip()
    if not signature:
        return Problem("ending-empty")
    if len(signature) > LONGEST_SIGNATURE:
        return Problem("signature-too-long", LONGEST_SIGNATURE, len(signature))
    return signature


def read_links(given: str) -> Links | Problem:
    """Read buttons, each in a line of its own or with a bar between: what it says, something between, and its link."""
    lines = [line for each in clean(given).splitlines() for line in map(clean_line, _beside(each)) if line]
    return checked_links(_parted(line) for line in lines) if lines else Problem("ending-empty")


def checked_links(given: Iterable[tuple[str, str]]) -> Links | Problem:
    """Check buttons, each what it says and its link."""
    links = list[tuple[str, str]]()
    for label, link in given:
        url = _address(link)
        if url is None:
            return Problem("button-without-link", words=_shown(f"{label} {link}".strip()))
        if not label:
            return Problem("button-without-words", words=_shown(link))
        if len(label) > LONGEST_LABEL:
            return Problem("button-too-long", LONGEST_LABEL, len(label), _shown(label))
        links.append((label, url))
    return Problem("too-many-buttons", MOST_LINKS, len(links)) if len(links) > MOST_LINKS else tuple(links)


def _beside(line: str) -> Iterator[str]:
    """Give the buttons of a line one by one; a bar may stand between a button's words and its link, too."""
    button = ""
    for part in _BESIDE.split(line):
        if button and _LINK.search(button):
            yield button
            button = part
        else:
            button = f"{button} | {part}" if button else part
    yield button


def _openable(entity: Entity) -> Entity | None:
    if entity.type is not EntityType.TEXT_LINK:
        return entity
    url = None if _PERSON.match(entity.value) else openable(entity.value, None)
    return None if url is None else Entity(entity.type, entity.offset, entity.length, url)


def _parted(line: str) -> tuple[str, str]:
    """Give the words and the link, which may touch what stands between them: `Site:https://a.example`."""
    found = _LINK.search(line)
    return (line, "") if found is None else (line[: found.start()].strip(_BETWEEN), found[0])


def _address(link: str) -> str | None:
    """Give the address that Telegram opens for *link*; None: there is none."""
    if _PERSON.match(link) or not _LINK.fullmatch(link):
        return None
    if link.startswith("@"):
        return f"https://t.me/{link[1:]}"
    return openable(link if "://" in link else f"https://{link}", None)


def _shown(words: str) -> str:
    return words if len(words) <= _MOST_SHOWN else words[: _MOST_SHOWN - 1] + "…"
