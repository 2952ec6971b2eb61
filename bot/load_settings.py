"""Reading the settings: a bad one stops the start with the variable's name, what is wrong and the remedy."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError
from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from bot.configuration import Configuration, ConfigurationError, read_configuration
from bot.redaction import redacted
from bot.settings import Settings, variable

Needed = Literal["token", "source"]

_REMEDIES: Mapping[Needed, str] = {
    "token": "is not set; ask @BotFather for a token and put it there, or try `digest-bot demo`, which needs none",
    "source": "is not set; put there where digests are published: a folder, git+https://…#branch:folder, a feed",
}

# Read if it is there.
_CONFIGURATION = Path("digest-bot.toml")


class SettingsError(Exception):
    """The settings cannot be used: one line for each problem, naming the variable, what is wrong and the remedy."""


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
