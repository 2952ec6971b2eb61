"""Every setting with its meaning and default; a bad one stops the start with the variable's name and the remedy."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource, NoDecode, SettingsConfigDict

from bot import values
from bot.redaction import redacted

Needed = Literal["token", "source"]

_REMEDIES: Mapping[Needed, str] = {
    "token": "is not set; ask @BotFather for a token and put it there, or try `digest-bot demo`, which needs none",
    "source": "is not set; put there the path of the folder that your digests are published in",
}


# core.telegram.org/bots/faq#broadcasting-to-users
_TELEGRAMS_RATE = 30


class SettingsError(Exception):
    """The settings cannot be used: one line for each problem, naming the variable, what is wrong and the remedy."""


def _read(parse: Callable[[str], object]) -> BeforeValidator:
    """Read the text that an environment gives; values that our own code hands over pass as they are."""
    return BeforeValidator(lambda value: parse(value.strip()) if isinstance(value, str) else value)


class Settings(BaseSettings):
    """What an operator decides, read once, at the start."""

    # `utf-8-sig`: Windows' Notepad puts a byte-order mark first, and the first name would be lost.
    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_file=".env",
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    token: Annotated[SecretStr | None, _read(values.token)] = Field(
        None, validation_alias="DIGEST_BOT_TOKEN", description="The bot's token, from @BotFather"
    )
    source: Annotated[Path | None, _read(values.path)] = Field(
        None, validation_alias="DIGEST_BOT_SOURCE", description="The folder of digest files"
    )
    database: Annotated[Path, _read(values.path)] = Field(
        Path("data/digest-bot.db"), validation_alias="DIGEST_BOT_DATABASE", description="The SQLite file"
    )
    api_url: Annotated[str, _read(values.web_address)] = Field(
        "https://api.telegram.org",
        validation_alias="DIGEST_BOT_API_URL",
        description="Another Bot API server, such as http://127.0.0.1:8081",
    )
    admins: Annotated[tuple[int, ...], NoDecode, _read(values.user_ids)] = Field(
        (), validation_alias="DIGEST_BOT_ADMINS", description="Operators' Telegram user ids, with commas between"
    )
    rate: Annotated[float, _read(values.positive)] = Field(
        28.0, validation_alias="DIGEST_BOT_RATE", description="Messages a second, bot-wide"
    )
    poll_interval: Annotated[timedelta, _read(values.seconds)] = Field(
        timedelta(seconds=60),
        validation_alias="DIGEST_BOT_POLL_SECONDS",
        description="How often the source is looked at, in seconds",
    )
    catch_up_limit: Annotated[timedelta | None, _read(values.hours)] = Field(
        timedelta(hours=24),
        validation_alias="DIGEST_BOT_CATCH_UP_HOURS",
        description="A digest older than this when first seen is stored, not sent; 0: no limit",
    )
    timezone: Annotated[ZoneInfo, _read(values.zone)] = Field(
        ZoneInfo("UTC"), validation_alias="DIGEST_BOT_TIMEZONE", description="The zone of times that name none"
    )
    base_url: Annotated[str | None, _read(values.web_address)] = Field(
        None,
        validation_alias="DIGEST_BOT_BASE_URL",
        description="The site's address, for permalinks and relative links",
    )

    @property
    def warnings(self) -> tuple[str, ...]:
        """Say what is allowed and yet unwise, a sentence each, for the log."""
        if self.rate <= _TELEGRAMS_RATE:
            return ()
        given, allowed = f"{self.rate:g} messages a second", f"about {_TELEGRAMS_RATE} without paid broadcast"
        return (f"{variable('rate')}: {given} are too many for Telegram, which allows {allowed}; choose 28 or less",)


def variable(field: str) -> str:
    """Name the environment variable of a *field* of the settings."""
    return str(Settings.model_fields[field].validation_alias)


def load_settings(
    *, needed: tuple[Needed, ...] = ("token", "source"), overrides: Mapping[str, object] | None = None
) -> Settings:
    """Read the environment and `.env`, the environment winning over it and *overrides* (by field) over both.

    Raises SettingsError when a value cannot be used, when what is *needed* is missing, or when a `DIGEST_BOT_` name is
    not ours: a mistyped one would else be a setting silently ignored.
    """
    given: dict[str, Any] = {variable(field): value for field, value in (overrides or {}).items()}
    settings: Settings | None = None
    problems: list[str] = []
    try:
        problems += _unknown_names()
        settings = Settings(**given)
    except UnicodeDecodeError:
        problems.append(".env: is not UTF-8; save it as UTF-8")
    except OSError as error:
        problems.append(f".env: cannot be read ({error.strerror}); let the bot read it or move it away")
    except ValidationError as error:
        problems += _sentences(error)
    # Outside the `except`, so that no error of pydantic, which knows the token, is chained to ours.
    if settings:
        problems += _missing(settings, needed)
    if problems or not settings:
        # A token may have been pasted into the wrong variable.
        raise SettingsError(redacted("\n".join(problems)))
    return settings


def _unknown_names() -> Iterator[str]:
    known = [variable(field) for field in Settings.model_fields]
    # The sources give names in lower case, as they take them in any.
    given = {**DotEnvSettingsSource(Settings).env_vars, **EnvSettingsSource(Settings).env_vars}
    for name in sorted(name.upper() for name in given):
        if name.startswith("DIGEST_BOT_") and name not in known:
            nearest = get_close_matches(name, known, n=1)
            yield f"{name}: is no setting; " + (f"did you mean {nearest[0]}?" if nearest else "remove it")


def _sentences(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_url=False, include_input=False):
        reason = problem.get("ctx", {}).get("error", problem["msg"])
        yield f"{problem['loc'][0]}: {reason}"


def _missing(settings: Settings, needed: tuple[Needed, ...]) -> Iterator[str]:
    for field in needed:
        if getattr(settings, field) is None:
            yield f"{variable(field)}: {_REMEDIES[field]}"
    if "source" in needed and settings.source and not settings.source.is_dir():
        yield f"{variable('source')}: {str(settings.source)!r} is no folder; make it or correct the path"
    if settings.database.is_dir():
        yield f"{variable('database')}: {str(settings.database)!r} is a folder; name a file in it"
