"""An announcement from the command line, whether a bot runs or not."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.announce import app
from bot.cli.announce_text import read_text
from bot.cli.problems import UsageProblem
from storage.announcements import under_way
from storage.database import open_database
from storage.model import Announcement, Audience, Content
from tests.builders import a_digest, a_subscriber, stored, subscribed
from tests.cli.conftest import Shell

TEXT = "**Hello** all\n\nRead on - https://example.org"


async def live(path: Path) -> None:
    async with open_database(path) as database:
        await stored(database, a_digest(categories=["Bees"]))
        await subscribed(
            database,
            a_subscriber(1, categories=["Bees"]),
            a_subscriber(2, language="zh-CN"),
            a_subscriber(-3, type_="channel", language="zh"),
        )


@dataclass(frozen=True)
class Typing:
    """Where commands are typed, in this process: there is one start for all of them."""

    folder: Path

    def __call__(self, *words: str, given: str = "") -> Result:
        settings = {"DIGEST_BOT_DATABASE": str(self.folder / "digest-bot.db"), "COLUMNS": "120"}
        words = tuple(str(self.folder / word) if word.endswith(".md") else word for word in words)
        return CliRunner().invoke(app, words, input=given, env=settings)

    def begun(self) -> list[Announcement]:
        async def found() -> list[Announcement]:
            async with open_database(self.folder / "digest-bot.db") as database, database.snapshot() as tx:
                return await under_way(tx)

        return asyncio.run(found())


@pytest.fixture
def types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Two people, of whom one gets bees, and a channel."""
    monkeypatch.chdir(tmp_path)
    asyncio.run(live(tmp_path / "digest-bot.db"))
    (tmp_path / "hello.md").write_text(TEXT)
    return Typing(tmp_path)


def test_a_dry_run_counts_and_sends_nothing(types: Typing) -> None:
    everybody = types("--text", "hello.md", "--dry-run")
    some = types("--text", "-", "--language", "zh", "--to", "people", "--dry-run", given="Hi")
    nobody = types("--text", "hello.md", "--to", "groups", "--yes")

    assert everybody.output == "to 2 people and 1 channel: it takes about 1 second, behind what digests are due\n"
    assert some.output.startswith("to 1 person: ")
    assert nobody.output == "it is for nobody: who stopped, is paused or gone is never told\n"
    assert types.begun() == []


def test_it_goes_out_is_paused_goes_on_and_is_cancelled(types: Typing) -> None:
    asked = types("--text", "hello.md", "--category", "bees", given="n\n")
    sent = types("--text", "hello.md", "--category", "bees", given="y\n")
    [announcement] = types.begun()
    id_ = str(announcement.id)
    ends = [types(command, id_) for command in ("pause", "pause", "resume", "cancel", "resume")]
    status = types("status")

    assert str(asked.exception) == "nothing was sent; with --yes it goes out without a question"
    assert sent.output.endswith(f"announcement {id_} goes out: digest-bot announce status\n")
    assert announcement.audience == Audience(categories=(1,))
    assert announcement.made_by is None
    assert announcement.content == Content(
        "Hello all",
        entities=({"type": "bold", "offset": 0, "length": 5},),
        buttons=((("Read on", "https://example.org"),),),
    )
    assert [end.exit_code for end in ends] == [0, 1, 0, 0, 1]
    assert str(ends[1].exception) == f"announcement {id_} is paused: nothing was changed"
    assert [line.split() for line in status.output.splitlines()][1][3:] == ["cancelled", *"000000", "Hello", "all"]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ([], "say what to announce"),
        (["--text", "hello.md", "--to", "cats"], "--to cats: there are people, groups, channels"),
        (["--text", "hello.md", "--category", "Wasps"], "no digest has the category Wasps"),
        (["pause", "9"], "there is no announcement 9"),
    ],
)
def test_what_cannot_be_done_is_said(types: Typing, words: list[str], problem: str) -> None:
    ended = types(*words)

    assert isinstance(ended.exception, UsageProblem)
    assert problem in str(ended.exception)


@pytest.mark.parametrize(("said", "problem"), [(b"\xff", "is not UTF-8"), (b" \n", "says nothing")])
def test_a_file_that_says_nothing_readable_is_named(types: Typing, tmp_path: Path, said: bytes, problem: str) -> None:
    (tmp_path / "hello.md").write_bytes(said)

    ended = types("--text", "hello.md", "--yes")

    assert isinstance(ended.exception, UsageProblem)
    assert str(ended.exception).startswith(f"{tmp_path / 'hello.md'}: {problem}; ")


async def test_it_is_a_command_of_digest_bot(shell: Shell) -> None:
    ended = await shell("announce", "status")

    assert (ended.status, ended.error) == (0, "nothing was announced yet\n")


@pytest.mark.parametrize("text", ["", "Read on - https://example.org", "x" * 4_097, "Hi\nRead on - https://localhost"])
def test_a_text_that_cannot_be_announced_is_refused(text: str) -> None:
    with pytest.raises(UsageProblem):
        read_text(text)
