"""`digest-bot.toml`: several sources with options of their own, and what operators call categories."""

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from bot import values
from bot.digests.categories import CategoryTable
from bot.sources.chosen import pattern
from bot.sources.git_address import subfolder_of
from bot.sources.places import Place, below, name_of, place_of


class ConfigurationError(Exception):
    """The file cannot be used: one line for each problem, naming the place, what is wrong and the remedy."""


def _seconds(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return values.seconds(str(value))
    raise ValueError("is no number of seconds; write it like 300")


def _place(value: object) -> Place:
    if isinstance(value, str):
        return place_of(value.strip())
    # Else a table would be taken for an address that was read already.
    raise ValueError("is no text; write it between quotes")


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, arbitrary_types_allowed=True)


class SourceTable(_Table):
    """One `[[sources]]`; what it leaves open is as the settings say."""

    name: Annotated[str, values.reading(name_of)]
    place: Annotated[Place, BeforeValidator(_place)]
    subfolder: Annotated[str, values.reading(subfolder_of)] = ""
    poll_seconds: Annotated[timedelta | None, BeforeValidator(_seconds)] = None
    timezone: Annotated[ZoneInfo | None, values.reading(values.zone)] = None
    base_url: Annotated[str | None, values.reading(values.public_address)] = None
    include: tuple[Annotated[str, values.reading(pattern)], ...] = ()
    exclude: tuple[Annotated[str, values.reading(pattern)], ...] = ()
    category_keys: tuple[str, ...] | None = None
    language: Annotated[str | None, values.reading(values.language)] = None

    @model_validator(mode="after")
    def _has_such_a_subfolder(self) -> Self:
        below(self.place, self.subfolder)
        return self


class _CategoriesTable(_Table):
    aliases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    hidden: tuple[str, ...] = ()


class _Whole(_Table):
    sources: tuple[SourceTable, ...] = ()
    categories: _CategoriesTable = _CategoriesTable()


class Configuration:
    """What the file says."""

    def __init__(self, sources: tuple[SourceTable, ...] = (), categories: CategoryTable | None = None) -> None:
        self.sources = sources
        self.categories = categories or CategoryTable()


def read_configuration(file: Path) -> Configuration:
    """Read *file*; raise ConfigurationError if it cannot be used."""
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read ({error.strerror}); correct path or rights") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file}: is not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file}: is no TOML: {error}") from error
    try:
        whole = _Whole.model_validate(written)
    except ValidationError as error:
        raise ConfigurationError("\n".join(f"{file}: {line}" for line in _sentences(error))) from None
    doubled = {source.name for source in whole.sources if [each.name for each in whole.sources].count(source.name) > 1}
    if doubled:
        raise ConfigurationError(f"{file}: two sources are called {min(doubled)!r}; a name is a source's identity")
    try:
        categories = CategoryTable.of(whole.categories.aliases, whole.categories.hidden)
    except ValueError as error:
        raise ConfigurationError(f"{file}: categories: {error}") from error
    return Configuration(whole.sources, categories)


def _sentences(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_url=False, include_input=False):
        reason: Any = problem.get("ctx", {}).get("error", problem["msg"])
        if problem["type"] == "extra_forbidden":
            reason = "is no option; correct or remove it"
        elif problem["type"] == "missing":
            reason = "is missing; add it"
        yield f"{_path(problem['loc'])}: {reason}"


def _path(place: tuple[int | str, ...]) -> str:
    path = ""
    for step in place:
        # People count from one, and pydantic from zero.
        path += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if path else step
    return path
