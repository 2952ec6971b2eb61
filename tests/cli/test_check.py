"""A writer checks digest files before they are published, by hand or as a hook."""

import asyncio
import json
import os
import pty
import re
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.lean import lean
from tests.running import SHARED, needs_shared

GOOD = "---\ntitle: Bees\ndate: 2025-07-22\ncategories: [Insects]\n---\n\n- [Bees count](https://example.org)\n"
WARNED = GOOD.replace("[Bees count]", "**Bees ** [count]")
STAYS = "** stays in the text: take out blanks inside it, put one outside, or close it in the same paragraph"
WRONG = GOOD.replace("2025-07-22", "today")


def write(folder: Path, path: str, text: str = GOOD) -> str:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return path


async def test_findings_name_file_line_level_and_what_to_do(shell: Shell) -> None:
    ended = await shell("check", write(shell.folder, "a.md", WARNED), write(shell.folder, "b.md", WRONG))

    assert ended.output.splitlines() == [
        f"a.md:7: warning: {STAYS}",
        "b.md:3: error: date is no date: today: write it as 2025-07-22 or 2025-07-22T04:00:34+08:00",
    ]
    assert (ended.status, ended.error) == (1, "2 files: 1 error, 1 warning\n")


@pytest.mark.parametrize(
    ("text", "words", "status", "summary"),
    lean(
        [
            (GOOD, [], 0, "1 file: nothing to mend"),
            (WARNED, [], 0, "1 file: 1 warning"),
            (WARNED, ["--strict"], 1, "1 file: 1 warning"),
            (WRONG, [], 1, "1 file: 1 error"),
            (GOOD.replace("title", "draft: true\ntitle"), ["--strict"], 0, "1 file: nothing to mend"),
        ],
        most=2,
    ),
)
async def test_the_exit_status_is_for_a_hook(
    shell: Shell, text: str, words: list[str], status: int, summary: str
) -> None:
    ended = await shell("check", *words, write(shell.folder, "a.md", text))

    assert (ended.status, ended.error) == (status, f"{summary}\n")


async def test_json_has_an_object_a_line(shell: Shell) -> None:
    ended = await shell("check", "--json", write(shell.folder, "a.md", WRONG), write(shell.folder, "b.md", WARNED))

    told = [json.loads(line) for line in ended.output.splitlines()]
    assert [(line["file"], line["line"], line["level"]) for line in told] == [
        ("a.md", 3, "error"),
        ("b.md", 7, "warning"),
    ]
    assert set(told[0]) == {"file", "line", "level", "message"}


async def test_folders_are_walked_and_what_is_no_digest_is_noted(shell: Shell) -> None:
    write(shell.folder, "site/2025/a.md", WARNED)
    write(shell.folder, "site/_index.md")
    write(shell.folder, "site/notes.txt")
    write(shell.folder, "site/.hidden.md", WRONG)

    ended = await shell("check", "site")

    assert [line.split(": ", 2)[:2] for line in ended.output.splitlines()] == [
        ["site/_index.md:1", "note"],
        ["site/2025/a.md:7", "warning"],
    ]
    assert ended.error == "2 files: 1 warning\n"


async def test_what_cannot_be_read_is_a_finding_and_holds_up_no_other(shell: Shell) -> None:
    (shell.folder / "large.md").write_bytes(b"bees " * 3_000_000)
    (shell.folder / "other.md").write_bytes(GOOD.replace("Bees", "B\xfc\xdfe").encode("latin-1"))

    ended = await shell("check", "none.md", "large.md", "other.md", write(shell.folder, "a.md", WARNED))

    assert [line.split("; ")[0] for line in ended.output.splitlines()] == [
        "none.md:1: error: cannot be read (No such file or directory)",
        "large.md:1: error: larger than 10 MB, as no digest is: split or remove it",
        "other.md:2: error: not UTF-8: save it as UTF-8",
        f"a.md:7: warning: {STAYS}",
    ]
    assert ended.error == "4 files: 3 errors, 1 warning\n"


async def test_a_folder_without_digests_says_what_digests_are_called(shell: Shell) -> None:
    (shell.folder / "empty").mkdir()

    ended = await shell("check", "empty")

    assert (ended.status, ended.output) == (0, "")
    assert ended.error == "0 files: digest files end in .md, .markdown or .mdx\n"


async def test_the_settings_of_the_site_count(shell: Shell) -> None:
    path = write(shell.folder, "a.md", GOOD.replace("https://example.org", "/bees"))
    without = await shell("check", path)
    shell.settings["DIGEST_BOT_BASE_URL"] = "https://example.org"

    ended = await shell("check", path)

    assert "a.md:7: warning: the link /bees leads nowhere without the site's address" in without.output
    assert (ended.output, ended.error) == ("", "1 file: nothing to mend\n")


@pytest.mark.long
async def test_many_files_show_a_bar_on_a_terminal_and_only_there(shell: Shell) -> None:
    for number in range(40):
        write(shell.folder, f"site/{number}.md")
    screen, terminal = pty.openpty()

    piped = await shell("check", "site")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "check", "site"),
        cwd=shell.folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "TERM": "xterm"},
        stderr=terminal,
    )
    assert await process.wait() == 0
    os.close(terminal)
    shown = os.read(screen, 65_536).decode()
    os.close(screen)

    assert piped.error == "40 files: nothing to mend\n"
    assert "Checking" in shown
    assert "40 files: nothing to mend" in shown


@needs_shared
@pytest.mark.long
async def test_every_file_of_the_corpus_is_checked_without_a_traceback(shell: Shell) -> None:
    ended = await shell("check", "--json", str(SHARED / "corpus"), str(SHARED / "seeds"))

    told = [json.loads(line) for line in ended.output.splitlines()]
    assert re.fullmatch(r"\d+ files: 1 error, \d+ warnings\n", ended.error)
    for finding in told:
        lines = Path(finding["file"]).read_bytes().count(b"\n") + 1
        assert 1 <= finding["line"] <= lines
