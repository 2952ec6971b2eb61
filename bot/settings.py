"""Every setting with its meaning and default; a bad one stops the start with the variable's name and the remedy."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, SecretStr, ValidationError
from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource, NoDecode, SettingsConfigDict

from bot import values
from bot.access import Access, Bringers, Mode, access_of
from bot.configuration import Configuration, ConfigurationError, read_configuration
from bot.digests.site import Site
from bot.redaction import redacted
from bot.source_settings import SourceSettings, from_configuration, from_environment
from bot.sources.places import NamedPlace, named_places

Needed = Literal["token", "source"]
WhenUnsure = Literal["resend", "skip"]

_REMEDIES: Mapping[Needed, str] = {
    "token": "is not set; ask @BotFather for a token and put it there, or try `digest-bot demo`, which needs none",
    "source": "is not set; put there where digests are published: a folder, git+https://…#branch:folder, a feed",
}

# Read if it is there.
_CONFIGURATION = Path("digest-bot.toml")


# What Telegram allows in a second is about the first, and the second where it is paid for, says "Broadcasting to Users"
# in core.telegram.org/bots/faq; without paying we keep a little below.
_TELEGRAMS_RATE, _PAID_RATE = 30, 1000
_RATE = 28.0


class SettingsError(Exception):
    """The settings cannot be used: one line for each problem, naming the variable, what is wrong and the remedy."""


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

    token: Annotated[SecretStr | None, values.reading(values.token)] = Field(
        None, validation_alias="DIGEST_BOT_TOKEN", description="The bot's token, from @BotFather"
    )
    source: Annotated[tuple[NamedPlace, ...], NoDecode, values.reading(named_places)] = Field(
        (),
        validation_alias="DIGEST_BOT_SOURCE",
        description="Where digests are published: a folder, git+https://…#branch:folder or a feed; several with commas",
    )
    config: Annotated[Path | None, values.reading(values.path)] = Field(
        None,
        validation_alias="DIGEST_BOT_CONFIG",
        description="The file with the options of each source and the categories; digest-bot.toml if it is there",
    )
    database: Annotated[Path, values.reading(values.path)] = Field(
        Path("data/digest-bot.db"), validation_alias="DIGEST_BOT_DATABASE", description="The SQLite file"
    )
    api_url: Annotated[str, values.reading(values.web_address)] = Field(
        "https://api.telegram.org",
        validation_alias="DIGEST_BOT_API_URL",
        description="Another Bot API server, such as http://127.0.0.1:8081",
    )
    admins: Annotated[tuple[int, ...], NoDecode, values.reading(values.user_ids)] = Field(
        (), validation_alias="DIGEST_BOT_ADMINS", description="Operators' Telegram user ids, with commas between"
    )
    access_mode: Annotated[Mode, values.reading(values.one_of("public", "invited", "private"))] = Field(
        "public",
        validation_alias="DIGEST_BOT_ACCESS",
        description="For whom the bot is: public, invited (whom operators let in) or private (operators)",
    )
    bringers: Annotated[Bringers | None, values.reading(values.one_of("anyone", "operators"))] = Field(
        None,
        validation_alias="DIGEST_BOT_GROUPS",
        description="Who may bring it into groups and channels: anyone for whom it is, or operators",
    )
    chosen_rate: Annotated[float | None, values.reading(values.positive)] = Field(
        None,
        validation_alias="DIGEST_BOT_RATE",
        description="Messages a second, bot-wide; 28, or 1000 with paid broadcast",
    )
    paid_broadcast: Annotated[bool, values.reading(values.switch)] = Field(
        False,
        validation_alias="DIGEST_BOT_PAID_BROADCAST",
        description="1: pay Telegram 0.1 Star for each message above 30 a second, for up to 1000 a second",
    )
    when_unsure: Annotated[WhenUnsure, values.reading(values.one_of("resend", "skip"))] = Field(
        "resend",
        validation_alias="DIGEST_BOT_WHEN_UNSURE",
        description="What becomes of a message of which nobody can know whether it arrived: resend or skip",
    )
    poll_interval: Annotated[timedelta, values.reading(values.seconds)] = Field(
        timedelta(seconds=60),
        validation_alias="DIGEST_BOT_POLL_SECONDS",
        description="How often the source is looked at, in seconds",
    )
    catch_up_limit: Annotated[timedelta | None, values.reading(values.hours)] = Field(
        timedelta(hours=24),
        validation_alias="DIGEST_BOT_CATCH_UP_HOURS",
        description="A digest older than this when first seen is stored, not sent; 0: no limit",
    )
    edit_limit: Annotated[timedelta | None, values.reading(values.hours)] = Field(
        timedelta(hours=48),
        validation_alias="DIGEST_BOT_EDIT_HOURS",
        description="A digest that changes within so many hours changes in the chats too; 0: never",
    )
    mark_withdrawn: Annotated[bool, values.reading(values.switch)] = Field(
        False,
        validation_alias="DIGEST_BOT_MARK_WITHDRAWN",
        description="1: a digest that is withdrawn at its source is marked so in the chats",
    )
    timezone: Annotated[ZoneInfo, values.reading(values.zone)] = Field(
        ZoneInfo("UTC"), validation_alias="DIGEST_BOT_TIMEZONE", description="The zone of times that name none"
    )
    base_url: Annotated[str | None, values.reading(values.public_address)] = Field(
        None,
        validation_alias="DIGEST_BOT_BASE_URL",
        description="The site's address, for permalinks and relative links",
    )

    most_parts: Annotated[int, values.reading(values.parts)] = Field(
        5,
        validation_alias="DIGEST_BOT_MAX_PARTS",
        description="A digest is at most so many messages, 1 to 50; the rest is a link or a button",
    )

    _configuration: Configuration = PrivateAttr(default_factory=Configuration)

    @property
    def rate(self) -> float:
        """Messages a second, bot-wide."""
        if self.chosen_rate is not None:
            return self.chosen_rate
        return _PAID_RATE if self.paid_broadcast else _RATE

    @property
    def access(self) -> Access:
        """For whom the bot is."""
        return access_of(self.access_mode, self.bringers, self.admins)

    @property
    def site(self) -> Site:
        """What is known of every site that says nothing else."""
        return Site(base_url=self.base_url, zone=self.timezone, categories=self._configuration.categories)

    @property
    def sources(self) -> tuple[SourceSettings, ...]:
        """Every source with its options."""
        return (
            *from_environment(self.source, self.site, self.poll_interval),
            *from_configuration(self._configuration, self.site, self.poll_interval),
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """Say what is allowed and yet unwise, a sentence each, for the log."""
        most = _PAID_RATE if self.paid_broadcast else _TELEGRAMS_RATE
        if self.rate <= most:
            return ()
        given = f"{self.rate:g} messages a second"
        allowed = f"{most} with paid broadcast" if self.paid_broadcast else f"about {most} without paid broadcast"
        choose = f"{most if self.paid_broadcast else _RATE:g} or less"
        return (
            f"{variable('chosen_rate')}: {given} are too many for Telegram, which allows {allowed}; choose {choose}",
        )


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
        settings._configuration = _configuration(settings)  # noqa: SLF001 - ours: a frozen model takes no field later
    except UnicodeDecodeError:
        problems.append(".env: is not UTF-8; save it as UTF-8")
    except ConfigurationError as error:
        problems += str(error).splitlines()
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


def _configuration(settings: Settings) -> Configuration:
    if settings.config is not None:
        return read_configuration(settings.config)
    return read_configuration(_CONFIGURATION) if _CONFIGURATION.is_file() else Configuration()


def _missing(settings: Settings, needed: tuple[Needed, ...]) -> Iterator[str]:
    if "token" in needed and settings.token is None:
        yield f"{variable('token')}: {_REMEDIES['token']}"
    if "source" in needed:
        yield from _source_problems(settings)
    if settings.database.is_dir():
        yield f"{variable('database')}: {str(settings.database)!r} is a folder; name a file in it"
    if not settings.admins:
        yield from _for_nobody(settings)


def _for_nobody(settings: Settings) -> Iterator[str]:
    remedy = f"is for operators, and {variable('admins')} names none; put your Telegram user id there"
    if settings.access_mode != "public":
        yield f"{variable('access_mode')}: {settings.access_mode} {remedy}"
    if settings.bringers == "operators":
        yield f"{variable('bringers')}: {settings.bringers} {remedy}"


def _source_problems(settings: Settings) -> Iterator[str]:
    where = str(settings.config or _CONFIGURATION)
    names = [source.name for source in settings.sources]
    if not names:
        yield f"{variable('source')}: {_REMEDIES['source']}"
    if doubled := {name for name in names if names.count(name) > 1}:
        yield f"{variable('source')}: the source {min(doubled)!r} is in {where} too; keep one, or rename it"
    in_environment = {named.name for named in settings.source}
    for source in settings.sources:
        if source.problem is not None:
            place = variable("source") if source.name in in_environment else f"{where}: source {source.name!r}"
            yield f"{place}: {source.problem}"
