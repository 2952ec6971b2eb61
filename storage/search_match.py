"""A query as FTS5 takes it, and what of it is better looked for in the texts themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.search_index import category_label, host_label
from storage.search_query import FromHost, InCategory, Part, Query, Within, Words
from storage.search_terms import Phrase

_Matched = Words | InCategory | FromHost


@dataclass(frozen=True, slots=True)
class Plan:
    """How to find what a query asks for: in the index, or by less of it and a look at each text."""

    # For FTS5; None: there is no word and no label that an item must have.
    whole: str | None
    # The same without single characters. None: nothing is left, and every item has to be looked at.
    narrow: str | None
    # What is to be seen from the texts then.
    rest: tuple[Words, ...]
    # What FTS5 must not match besides. None: nothing, or *narrow* says so.
    unwanted: str | None

    @property
    def alone(self) -> str | None:
        """By what the index alone finds all of it; None: the texts have to be looked at."""
        return None if self.rest else self.whole


def plan(query: Query) -> Plan:
    """Take *query* apart.

    For FTS5 a single CJK character is the beginning of a word, and it gathers the items of all words that begin so,
    however few are wanted: half a second for a common one in a million items. Such a one stands in any text.
    """
    parts = [part for part in query.parts if not isinstance(part, Within)]
    rest = tuple(part for part in parts if isinstance(part, Words) and _is_open(part))
    whole = _expression(parts, narrow=False)
    narrow = _expression(parts, narrow=True) if rest else whole
    return Plan(whole, narrow, rest, None if narrow else _unwanted(parts, narrow=True))


def is_one_word(query: Query) -> bool:
    """Say whether no more than one word of the index is looked up for *query*, to be found; of spellings, for each."""
    parts = [part for part in query.parts if not isinstance(part, Within)]
    words = [phrase for part in parts if isinstance(part, Words) for phrase in part.spellings[0]]
    return len(parts) == 1 and parts[0].wanted and sum(len(phrase.words) + phrase.open_ended for phrase in words) <= 1


def _expression(parts: Sequence[_Matched], *, narrow: bool) -> str | None:
    wanted = [made for part in parts if part.wanted and (made := _written(part, narrow=narrow))]
    unwanted = _unwanted(parts, narrow=narrow)
    if not wanted:
        return None
    return f"({' AND '.join(wanted)}) NOT ({unwanted})" if unwanted else " AND ".join(wanted)


def _unwanted(parts: Sequence[_Matched], *, narrow: bool) -> str | None:
    # An item is not to be left out for less than the whole.
    unwanted = [_written(part) for part in parts if not part.wanted and not (narrow and _is_open(part))]
    return " OR ".join(filter(None, unwanted)) or None


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
