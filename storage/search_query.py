"""What somebody types to search, understood; nothing that can be typed is an error.

Every word is needed, `"words in quotes"` stand together, and `-word` must not be there. `category:`, `from:` (a host),
`since:` and `until:` (a year, a month or a day) narrow it down; they have Chinese names, too. An operator without
anything sensible behind it is a word like others.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

from storage.search_terms import Phrase, folded, phrase_of, phrases_of

# Nobody's question is longer, and each word more is work.
_LONGEST = 400
_MOST_PARTS = 16

_QUOTED = r'["“”„‟«»「『](?P<{0}>[^"“”„‟«»「」『』]*)["“”„‟«»」』]'
_NAMES = {
    "category": ("category", "分类", "分類", "类别", "類別"),
    "from": ("from", "来自", "來自", "来源", "來源"),
    "since": ("since", "自", "从", "從"),
    "until": ("until", "至", "到"),
}
_OPERATOR = {name: operator for operator, names in _NAMES.items() for name in names}
_PART = re.compile(
    rf"""
    (?P<minus>(?<!\S)[-−–](?=\S))?
    (?:(?P<name>(?<!\w){"|".join(_OPERATOR)}):(?:{_QUOTED.format("value")}|(?P<bare>[^\s"“”„‟«»「」『』]+))
      |{_QUOTED.format("phrase")}
      |(?P<word>[^\s"“”„‟«»「」『』]+))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DATE = re.compile(r"(\d{4})(?:年|[-/.年](\d{1,2})(?:月|[-/.月](\d{1,2})日?)?)?")
_YEARS = range(1970, 9000)
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)*)\.?(?::\d+)?(?:/.*)?", re.IGNORECASE)
# Who names a host without its ending means one of these.
_ENDINGS = ("com", "org", "net", "io", "ai", "dev", "cn")


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand together; *spellings* are the ways to write them, each with all that a text must have for it."""

    typed: str
    spellings: tuple[tuple[Phrase, ...], ...]
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class InCategory:
    """Items of the category known by its *folded* name; None: there is none of the name, and nothing has it."""

    typed: str
    name: str
    folded: str | None
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class FromHost:
    """Items that link to one of *hosts*, in lower case."""

    typed: str
    hosts: tuple[str, ...]
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Within:
    """Items from *since* on and before *until*; None: it has no bound there."""

    typed: str
    since: datetime | None = None
    until: datetime | None = None


Part = Words | InCategory | FromHost | Within


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: items for which all its parts hold."""

    parts: tuple[Part, ...] = ()

    @property
    def text(self) -> str:
        """What can be typed for it."""
        return " ".join(part.typed for part in self.parts)

    @property
    def words(self) -> tuple[Words, ...]:
        """The words that an item must have."""
        return tuple(part for part in self.parts if isinstance(part, Words) and part.wanted)

    @property
    def names_something(self) -> bool:
        """Whether it says what to find, or when; saying no more than what not to find is not enough."""
        return any(isinstance(part, Within) or part.wanted for part in self.parts)

    @property
    def unknown_categories(self) -> tuple[str, ...]:
        """The names in it that no category has."""
        return tuple(part.name for part in self.parts if isinstance(part, InCategory) and part.folded is None)

    def but(self, part: Part, *, instead: Part | None = None) -> "Query":
        """Give the query without *part*, or with another *instead*."""
        return Query(tuple(kept for each in self.parts if (kept := instead if each is part else each) is not None))


def read_query(
    text: str,
    *,
    category_of: Callable[[str], str | None] = lambda _: None,
    spellings_of: Callable[[str], Sequence[str]] = lambda _: (),
    zone: tzinfo = UTC,
) -> Query:
    """Understand *text*, or as much of its beginning as anybody would type.

    *category_of* gives the folded name of the category that a typed name means; *spellings_of* other ways to write
    words, say in Traditional characters. Days are those of *zone*.
    """
    parts: dict[Part, None] = {}
    for found in _PART.finditer(folded(text[:_LONGEST])):
        part = _operator(found, category_of, zone) or _words(found, spellings_of)
        if part is not None:
            parts.setdefault(part)
    return Query(tuple(parts)[:_MOST_PARTS])


def spelled(words: Words, other: str) -> Words:
    """Give *words* as they are when *other* is typed instead."""
    phrase = words.typed.endswith('"')
    return replace(words, typed=f'"{other}"' if phrase else other, spellings=_spellings([other], together=phrase))


def _operator(found: re.Match[str], category_of: Callable[[str], str | None], zone: tzinfo) -> Part | None:
    if found["name"] is None:
        return None
    typed, wanted, value = found[0], found["minus"] is None, (found["value"] or found["bare"] or "").strip()
    match _OPERATOR[found["name"].lower()]:
        case "category" if value:
            return InCategory(typed, value, category_of(value), wanted)
        case "from" if named := _HOST.fullmatch(value.lower()):
            return FromHost(typed, tuple(_hosts(named[1])), wanted)
        case "since" if wanted and (period := _period(value, zone)):
            return Within(typed, since=period[0])
        case "until" if wanted and (period := _period(value, zone)):
            return Within(typed, until=period[1])
    return None


def _words(found: re.Match[str], spellings_of: Callable[[str], Sequence[str]]) -> Words | None:
    minus, together = found["minus"], found["phrase"] is not None
    words = found["phrase"] if together else found[0].removeprefix(minus or "")
    spellings = _spellings([words, *spellings_of(words)], together=together)
    typed = f'"{" ".join(words.split())}"' if together else words
    return Words(f"-{typed}" if minus else typed, spellings, wanted=not minus) if spellings else None


def _spellings(words: Sequence[str], *, together: bool) -> tuple[tuple[Phrase, ...], ...]:
    if together:
        return tuple(dict.fromkeys((phrase,) for word in words if (phrase := phrase_of(word))))
    return tuple(dict.fromkeys(phrases for word in words if (phrases := phrases_of(word))))


def _hosts(named: str) -> Iterator[str]:
    hosts = [named] if "." in named else [f"{named}.{ending}" for ending in _ENDINGS]
    for host in hosts:
        yield host
        yield f"www.{host}"


def _period(value: str, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """Give the beginning and the end of the year, month or day."""
    date = _DATE.fullmatch(value)
    if date is None or int(date[1]) not in _YEARS:
        return None
    year, month, day = int(date[1]), int(date[2] or 1), int(date[3] or 1)
    try:
        begin = datetime(year, month, day, tzinfo=zone)
    except ValueError:
        return None
    if date[3]:
        return begin, begin + timedelta(days=1)
    # From its first day, 31 days lead into the next month, whichever it is.
    if date[2]:
        return begin, (begin + timedelta(days=31)).replace(day=1)
    return begin, begin.replace(year=year + 1)
