"""A query as FTS5 takes it, and what of it is better looked for in the texts themselves."""

from dataclasses import dataclass

from storage.search_index import category_label, host_label
from storage.search_query import FromHost, InCategory, Part, Query, Within, Words
from storage.search_terms import Phrase


@dataclass(frozen=True, slots=True)
class Plan:
    """How to find what a query asks for: in the index, or by less of it and a look at each text."""

    # For FTS5; None: there is no word and no label that an item must have.
    whole: str | None
    # The same without single characters. None: nothing is left, and every item has to be looked at.
    narrow: str | None
    # What is to be seen from the texts then.
    rest: tuple[Words, ...]


def plan(query: Query) -> Plan:
    """Take *query* apart.

    For FTS5 a single CJK character is the beginning of a word, and it gathers the items of all words that begin so,
    however few are wanted: half a second for a common one in a million items. Such a one stands in any text.
    """
    parts = [part for part in query.parts if not isinstance(part, Within)]
    rest = tuple(part for part in parts if isinstance(part, Words) and _is_open(part))
    return Plan(_expression(parts, narrow=False), _expression(parts, narrow=True), rest)


def number_of_words(query: Query) -> int:
    """Say how many words of the index must be looked up for *query*; of spellings, those of one count."""
    words = sum(len(phrase.words) for part in query.words for phrase in part.spellings[0])
    return words + sum(1 for part in query.parts if isinstance(part, InCategory | FromHost))


def _expression(parts: list[Words | InCategory | FromHost], *, narrow: bool) -> str | None:
    wanted = [made for part in parts if part.wanted and (made := _written(part, narrow=narrow))]
    # An item is not to be left out for less than the whole.
    unwanted = [_written(part) for part in parts if not part.wanted and not (narrow and _is_open(part))]
    if not wanted:
        return None
    return " AND ".join(wanted) if not unwanted else f"({' AND '.join(wanted)}) NOT ({' OR '.join(map(str, unwanted))})"


def _written(part: Part, *, narrow: bool = False) -> str | None:
    match part:
        case Words(spellings=spellings):
            ways = [[_quoted(phrase) for phrase in way if not (narrow and phrase.open_ended)] for way in spellings]
            return "(" + " OR ".join(f"({' AND '.join(way)})" for way in ways) + ")" if all(ways) else None
        case InCategory(folded=folded):
            # A label that nothing has.
            return f'"{"no0category" if folded is None else category_label(folded)}"'
        case FromHost(hosts=hosts):
            return "(" + " OR ".join(f'"{host_label(host)}"' for host in hosts) + ")"
        case Within():
            return None


def _quoted(phrase: Phrase) -> str:
    return '"' + " ".join(phrase.words) + '"' + (" *" if phrase.open_ended else "")


def _is_open(part: Part) -> bool:
    return isinstance(part, Words) and any(phrase.open_ended for way in part.spellings for phrase in way)
