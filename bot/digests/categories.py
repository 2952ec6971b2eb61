"""Know a category under all the spellings and names that one site gives it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from storage.model import Category

_SEPARATORS = re.compile(r"[\s_\-\u2010-\u2015]+")


def fold(name: str) -> str:
    """Bring the spellings of one category together: `AI 资讯` and `ＡＩ资讯`, `open-source` and `Open Source`."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name).casefold())


@dataclass(frozen=True, slots=True)
class CategoryTable:
    """What an operator says of categories: which names mean the same one, how it is shown, and which names are none."""

    # By folded name: the category that it means; None: it is none.
    meanings: Mapping[str, Category | None] = field(default_factory=dict)

    @classmethod
    def of(cls, aliases: Mapping[str, Sequence[str]], hidden: Sequence[str] = ()) -> Self:
        """Read *aliases*, a shown name with the other names that mean it; ValueError says what contradicts itself."""
        shown = _shown(aliases)
        meanings = dict(shown)
        for name, others in aliases.items():
            meant = shown[fold(name)]
            for other in _listed(others, of=name):
                before = meanings.setdefault(_folded(other), meant)
                if before is not meant:
                    raise ValueError(_contradiction(other, meant, before))
        for name in hidden:
            if _folded(name) in meanings:
                meant = meanings[fold(name)]
                raise ValueError(f"{name!r} is hidden and means {meant.name!r}; leave it in one of the two places")
        return cls(meanings | dict.fromkeys(map(fold, hidden)))

    @property
    def shown(self) -> dict[str, str]:
        """The name by which each category of the table is shown, by the folded one."""
        return {meaning.folded: meaning.name for meaning in self.meanings.values() if meaning}

    @property
    def aliases(self) -> dict[str, str]:
        """The folded name of the category that each other name means, by that other name, folded."""
        return {name: meaning.folded for name, meaning in self.meanings.items() if meaning and meaning.folded != name}

    @property
    def hidden(self) -> list[str]:
        """The folded names that are no category."""
        return [name for name, meaning in self.meanings.items() if meaning is None]

    def read(self, name: str) -> Category | None:
        """The category that *name* means; None if it is hidden, or nothing but blanks and hyphens."""
        written = " ".join(name.split())
        folded = fold(written)
        if folded not in self.meanings:
            return Category(folded, written) if folded else None
        meaning = self.meanings[folded]
        if meaning is None or meaning.name == written:
            return meaning
        return Category(meaning.folded, meaning.name, written)


NO_TABLE = CategoryTable()


def categories_of(names: Iterable[str], table: CategoryTable = NO_TABLE) -> tuple[Category, ...]:
    """Name each category once, in the order given, as *table* says or else as it is first spelled."""
    found: dict[str, Category] = {}
    for name in names:
        category = table.read(name)
        if category is not None:
            found.setdefault(category.folded, category)
    return tuple(found.values())


def _shown(aliases: Mapping[str, Sequence[str]]) -> dict[str, Category]:
    shown: dict[str, Category] = {}
    for name in aliases:
        category = Category(_folded(name), " ".join(name.split()))
        before = shown.setdefault(category.folded, category)
        if before is not category:
            raise ValueError(f"{before.name!r} and {name!r} are spellings of one category; leave one of them")
    return shown


def _listed(others: Sequence[str], *, of: str) -> Sequence[str]:
    if isinstance(others, str):
        raise ValueError(f"the other names of {of!r} are no list; write [{others!r}]")  # noqa: TRY004 - one kind for all
    return others


def _contradiction(name: str, meant: Category, before: Category) -> str:
    if before.folded == fold(name):
        return f"{name!r} is another name of {meant.name!r} and has a line of its own; put all names into one line"
    return f"{name!r} is another name of both {before.name!r} and {meant.name!r}; leave it with one of them"


def _folded(name: str) -> str:
    if folded := fold(name):
        return folded
    raise ValueError(f"{name!r} is no name; write one with letters, or remove it")
