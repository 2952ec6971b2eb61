"""Every setting with its meaning and default."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import values
from bot.access import Access, Bringers, Mode, access_of
from bot.configuration import Configuration
from bot.digests.site import Site
from bot.source_settings import SourceSettings, from_configuration, from_environment
from bot.sources.places import NamedPlace, named_places

WhenUnsure = Literal["resend", "skip"]

# What Telegram allows in a second is about the first, and the second where it is paid for, says "Broadcasting to Users"
# in core.telegram.org/bots/faq; without paying we keep a little below.
_TELEGRAMS_RATE, _PAID_RATE = 30, 1000
_RATE = 28.0


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
