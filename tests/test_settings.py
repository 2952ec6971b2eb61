"""What an operator writes into the environment or `.env`, and what they are told when it cannot be used."""

import os
import traceback
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.access import Access
from bot.load_settings import Needed, SettingsError, load_settings
from bot.settings import Settings
from bot.sources.places import NamedPlace

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


@pytest.fixture(autouse=True)
def _a_bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.upper().startswith("DIGEST_BOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def a_dot_env(text: str, encoding: str = "utf-8") -> None:
    Path(".env").write_text(text, encoding=encoding)


def problems(*needed: Needed) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load_settings(needed=needed)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert TOKEN not in told
    assert "pydantic" not in told
    return str(caught.value).splitlines()


def test_nothing_needs_to_be_set_for_a_command_that_needs_nothing() -> None:
    settings = load_settings(needed=())

    assert settings.token is None
    assert settings.sources == ()
    assert settings.database == Path("data/digest-bot.db")
    assert settings.api_url == "https://api.telegram.org"
    assert settings.admins == ()
    assert settings.rate == 28
    assert settings.poll_interval == timedelta(seconds=60)
    assert settings.catch_up_limit == timedelta(hours=24)
    assert settings.timezone == ZoneInfo("UTC")
    assert settings.base_url is None
    assert settings.most_parts == 5
    assert settings.warnings == ()


def test_every_setting_can_be_written_into_a_dot_env() -> None:
    Path("每日摘要").mkdir()
    a_dot_env(
        f"""
        DIGEST_BOT_TOKEN={TOKEN}
        DIGEST_BOT_SOURCE=每日摘要
        DIGEST_BOT_DATABASE=/var/lib/bot.db
        DIGEST_BOT_API_URL=http://127.0.0.1:8081/
        DIGEST_BOT_ADMINS=12, 34,12,
        DIGEST_BOT_RATE=0.5
        DIGEST_BOT_POLL_SECONDS=1.5
        DIGEST_BOT_CATCH_UP_HOURS=0
        DIGEST_BOT_TIMEZONE=Asia/Shanghai
        DIGEST_BOT_BASE_URL=https://example.org/news
        DIGEST_BOT_MAX_PARTS=12
        """
    )

    settings = load_settings()

    assert settings.token
    assert settings.token.get_secret_value() == TOKEN
    assert settings.source == (NamedPlace("main", Path("每日摘要")),)
    assert settings.database == Path("/var/lib/bot.db")
    assert settings.api_url == "http://127.0.0.1:8081"
    assert settings.admins == (12, 34)
    assert settings.rate == 0.5
    assert settings.most_parts == 12
    assert settings.poll_interval == timedelta(seconds=1.5)
    assert settings.catch_up_limit is None
    assert settings.timezone == ZoneInfo("Asia/Shanghai")
    assert settings.base_url == "https://example.org/news"


def test_a_dot_env_from_windows_notepad_is_read_whole() -> None:
    a_dot_env("DIGEST_BOT_RATE=5\r\nDIGEST_BOT_ADMINS=7\r\n", encoding="utf-8-sig")

    settings = load_settings(needed=())

    assert (settings.rate, settings.admins) == (5, (7,))


def test_the_environment_wins_over_dot_env_and_our_own_code_over_both(monkeypatch: pytest.MonkeyPatch) -> None:
    a_dot_env("DIGEST_BOT_RATE=1\nDIGEST_BOT_ADMINS=1\nDIGEST_BOT_POLL_SECONDS=1\nDIGEST_BOT_SOURCE=/nowhere")
    monkeypatch.setenv("DIGEST_BOT_RATE", "2")
    monkeypatch.setenv("DIGEST_BOT_ADMINS", "2")

    settings = load_settings(overrides={"token": TOKEN, "source": (NamedPlace("main", Path()),), "chosen_rate": 3.0})

    assert settings.poll_interval == timedelta(seconds=1)
    assert settings.admins == (2,)
    assert settings.rate == 3
    assert settings.source == (NamedPlace("main", Path()),)


def test_an_empty_value_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    a_dot_env("DIGEST_BOT_RATE=9\nDIGEST_BOT_TOKEN=")
    for name in ("RATE", "ADMINS", "TIMEZONE", "BASE_URL", "DATABASE"):
        monkeypatch.setenv(f"DIGEST_BOT_{name}", "")

    settings = load_settings(needed=())

    assert settings.rate == 9
    assert settings.database == Path("data/digest-bot.db")


def test_run_says_where_a_token_and_a_source_come_from() -> None:
    token, source = problems("token", "source")

    assert token.startswith("DIGEST_BOT_TOKEN: is not set; ask @BotFather")
    assert source.startswith("DIGEST_BOT_SOURCE: is not set; put there where digests are")


def test_a_source_that_is_no_folder_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_BOT_SOURCE", "digests")

    assert problems("source") == ["DIGEST_BOT_SOURCE: 'digests' is no folder; make it or correct the path"]
    assert load_settings(needed=()).source == (NamedPlace("main", Path("digests")),)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "TOKEN",
            "hello",
            "does not look like a bot token (digits, a colon, 35 letters); copy it whole from @BotFather",
        ),
        (
            "TOKEN",
            f'"{TOKEN}"',
            "does not look like a bot token (digits, a colon, 35 letters); copy it whole from @BotF…",
        ),
        ("SOURCE", "  ", "is blank; give a place or remove it"),
        ("DATABASE", "/", "'/' is a folder; name a file in it"),
        ("API_URL", "api.telegram.org", "'api.telegram.org' is no web address; write it like https://example.org"),
        ("API_URL", "ftp://a", "'ftp://a' is no web address; write it like https://example.org"),
        ("API_URL", "http://a:b", "'http://a:b' is no web address; write it like https://example.org"),
        (
            "API_URL",
            "http://ada:sesame@127.0.0.1:x",
            "'http://127.0.0.1:x' is no web address; write it like https://example.org",
        ),
        (
            "BASE_URL",
            "https://ada:secret@example.org/news/",
            "has a name or password in it, which every reader would see; write https://example.org/news",
        ),
        ("BASE_URL", "https://", "'https://' is no web address; write it like https://example.org"),
        ("BASE_URL", "https://a b\nc", "'https://a b\\nc' is no web address; write it like https://example.org"),
        ("ADMINS", "me", "'me' is no list of user ids; write numbers with commas between, like 12345,67890"),
        ("ADMINS", "1;2", "'1;2' is no list of user ids; write numbers with commas between, like 12345,67890"),
        ("RATE", "fast", "'fast' is not a number above 0; write it like 30 or 0.5"),
        ("RATE", "0", "'0' is not a number above 0; write it like 30 or 0.5"),
        ("RATE", "nan", "'nan' is not a number above 0; write it like 30 or 0.5"),
        ("RATE", "inf", "'inf' is not a number above 0; write it like 30 or 0.5"),
        ("POLL_SECONDS", "-1", "'-1' is not a number above 0; write it like 30 or 0.5"),
        ("POLL_SECONDS", "1e300", "1e+300 is out of reach; write it like 24 or 60"),
        ("POLL_SECONDS", "1e-9", "1e-09 is out of reach; write it like 24 or 60"),
        ("CATCH_UP_HOURS", "day", "'day' is not a number above 0; write it like 30 or 0.5"),
        ("CATCH_UP_HOURS", "-0", "'-0' is not a number above 0; write it like 30 or 0.5"),
        ("MAX_PARTS", "0", "'0' is not a number from 1 to 50"),
        ("MAX_PARTS", "51", "'51' is not a number from 1 to 50"),
        ("MAX_PARTS", "all", "'all' is not a number from 1 to 50"),
        ("TIMEZONE", "Asia/Shangai", "'Asia/Shangai' is no time zone; did you mean Asia/Shanghai?"),
        ("TIMEZONE", "Asia", "'Asia' is no time zone; …"),
        ("TIMEZONE", "../etc/passwd", "'../etc/passwd' is no time zone; …"),
        ("TIMEZONE", "+08:00", "'+08:00' is no time zone; …"),
    ],
)
def test_a_bad_value_is_one_line_with_the_variable_and_the_remedy(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"DIGEST_BOT_{name}", value)

    (line,) = problems()

    start, ellipsis, _ = f"DIGEST_BOT_{name}: {sentence}".partition("…")
    assert (line[: len(start)] if ellipsis else line) == start


def test_several_problems_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    a_dot_env("DIGEST_BOT_RATE=fast\n")
    monkeypatch.setenv("DIGEST_BOT_ADMINS", "me")
    monkeypatch.setenv("DIGEST_BOT_TOKN", TOKEN)

    names = [line.split(":")[0] for line in problems()]

    assert names == ["DIGEST_BOT_TOKN", "DIGEST_BOT_ADMINS", "DIGEST_BOT_RATE"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("DIGEST_BOT_TOKN", "is no setting; did you mean DIGEST_BOT_TOKEN?"),
        ("DIGEST_BOT_POLL_INTERVAL", "is no setting; did you mean DIGEST_BOT_POLL_SECONDS?"),
        ("digest_bot_admin", "is no setting; did you mean DIGEST_BOT_ADMINS?"),
        ("DIGEST_BOT_", "is no setting; "),
    ],
)
def test_a_mistyped_name_stops_the_start_wherever_it_stands(
    name: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_dot_env(f"{name}=1\n")

    in_file = problems()
    a_dot_env("")
    monkeypatch.setenv(name, "1")
    in_environment = problems()

    assert in_file == in_environment
    assert in_file[0].startswith(f"{name.upper()}: {sentence}")


def test_foreign_names_in_a_shared_dot_env_are_left_alone() -> None:
    a_dot_env("POSTGRES_PASSWORD=secret\nTOKEN=x\nDIGEST_BOTTLE=1\nDIGEST_BOT_RATE=4\n")

    assert load_settings(needed=()).rate == 4


def test_a_dot_env_that_is_not_utf_8_is_named() -> None:
    a_dot_env("DIGEST_BOT_SOURCE=每日摘要", encoding="gb18030")

    assert problems() == [".env: is not UTF-8; save it as UTF-8"]


def test_a_token_in_the_wrong_variable_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_BOT_API_URL", f"api.telegram.org/bot{TOKEN}")

    assert problems() == [
        "DIGEST_BOT_API_URL: 'api.telegram.org/bot[token]' is no web address; write it like https://example.org"
    ]


def test_the_token_shows_in_no_form_of_the_settings() -> None:
    settings = load_settings(needed=("token",), overrides={"token": TOKEN})

    assert TOKEN not in f"{settings!r} {settings!s} {settings.model_dump()} {settings.model_dump_json()}"


def test_a_rate_above_telegrams_is_allowed_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_BOT_RATE", "31")

    settings = load_settings(needed=())

    assert settings.rate == 31
    (warning,) = settings.warnings
    assert warning.startswith("DIGEST_BOT_RATE: 31 messages a second are too many for Telegram")


def test_paid_broadcast_raises_the_rate_that_nobody_chose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_BOT_PAID_BROADCAST", "1")
    assert load_settings(needed=()).rate == 1000

    monkeypatch.setenv("DIGEST_BOT_RATE", "400")
    assert load_settings(needed=()).rate == 400
    assert load_settings(needed=()).warnings == ()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DIGEST_BOT_PAID_BROADCAST", "perhaps", "'perhaps' is neither 1 nor 0"),
        ("DIGEST_BOT_WHEN_UNSURE", "guess", "'guess' is none of: resend, skip"),
        ("DIGEST_BOT_ACCESS", "friends", "'friends' is none of: public, invited, private"),
        ("DIGEST_BOT_GROUPS", "me", "'me' is none of: anyone, operators"),
    ],
)
def test_a_choice_is_one_of_few(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(name, value)

    assert problems() == [f"{name}: {told}"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("DIGEST_BOT_ACCESS", "invited"), ("DIGEST_BOT_ACCESS", "private"), ("DIGEST_BOT_GROUPS", "operators")],
)
def test_a_bot_that_would_be_for_nobody_does_not_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    [line] = problems()

    remedy = "is for operators, and DIGEST_BOT_ADMINS names none; put your Telegram user id there"
    assert line == f"{name}: {value} {remedy}"
    monkeypatch.setenv("DIGEST_BOT_ADMINS", "7")
    load_settings(needed=())


def test_groups_are_for_operators_if_any_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings(needed=()).access == Access("public", "anyone")

    monkeypatch.setenv("DIGEST_BOT_ADMINS", "7")
    assert load_settings(needed=()).access == Access("public", "operators")

    monkeypatch.setenv("DIGEST_BOT_GROUPS", "anyone")
    assert load_settings(needed=()).access == Access("public", "anyone")


def test_the_example_names_every_setting_and_nothing_else() -> None:
    example = Path(__file__).parent.parent / ".env.example"
    lines = example.read_text("utf-8").splitlines()

    named = [line.lstrip("# ").partition("=")[0] for line in lines if "=" in line]

    # Docker's own, which says what stands in the container.
    named.remove("DOCKER_SOURCE")
    assert named == [field.validation_alias for field in Settings.model_fields.values()]


def test_every_setting_says_what_it_means() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
