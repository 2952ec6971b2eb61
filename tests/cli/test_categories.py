"""An operator sees what digests call their categories, and can join them in a minute."""

import json
import tomllib
from pathlib import Path

import pytest

from bot.digests.categories import CategoryTable
from tests.cli.conftest import Shell


def publish(folder: Path, *digests: str) -> str:
    """Write a digest file for each list of categories; give the folder they are in."""
    (folder / "digests").mkdir()
    for number, names in enumerate(digests):
        text = f"---\ncategories: [{names}]\n---\n- [Story](https://example.org)\n"
        (folder / "digests" / f"{number}.md").write_text(text, encoding="utf-8")
    return "digests"


async def test_categories_are_shown_with_their_counts_and_spellings(shell: Shell) -> None:
    await shell("import", publish(shell.folder, "AI 资讯, Rust", "ai资讯", "AI 资讯", "开源动态"))

    ended = await shell("categories")

    assert (ended.status, ended.error) == (0, "")
    assert [line.rstrip() for line in ended.output.splitlines()] == [
        "Category  Digests  Spelled",
        "AI 资讯         3  AI 资讯 (2), ai资讯 (1)",
        "Rust            1",
        "开源动态        1",
    ]


async def test_what_may_be_the_same_comes_as_lines_to_paste(shell: Shell) -> None:
    await shell(
        "import", publish(shell.folder, "AI资讯", "AI资讯", "AI News", 'Newsletter, "C\\"x\\\\y"', "Newsletters")
    )

    ended = await shell("categories")

    suggested = ended.output[ended.output.index("[categories.aliases]") :]
    assert '# "AI资讯" = ["AI News"]  # they begin alike, and no digest has both\n' in suggested
    assert '# "Newsletter" = ["Newsletters"]  # spelled alike\n' in suggested
    aliases = tomllib.loads(suggested.replace('# "', '"'))["categories"]["aliases"]
    assert CategoryTable.of(aliases).aliases == {"ainews": "ai资讯", "newsletters": "newsletter"}


async def test_a_pasted_line_joins_them(shell: Shell) -> None:
    folder = publish(shell.folder, "AI资讯", "AI News")
    (shell.folder / "digest-bot.toml").write_text('[categories.aliases]\n"AI资讯" = ["AI News"]\n', encoding="utf-8")

    await shell("import", folder)
    ended = await shell("categories", "--json")

    assert json.loads(ended.output) == {
        "categories": [{"name": "AI资讯", "digests": 2, "spellings": {"AI News": 1, "AI资讯": 1}}],
        "perhaps_the_same": [],
    }


@pytest.mark.long
async def test_an_empty_archive_says_what_to_do(shell: Shell) -> None:
    empty = await shell("categories")
    await shell("import", publish(shell.folder, ""))
    bare = await shell("categories")

    assert (empty.status, empty.output) == (bare.status, bare.output) == (0, "")
    assert "fill it with `digest-bot import FOLDER`" in empty.error
    assert "write `categories:` into their front matter" in bare.error


@pytest.mark.long
async def test_thousands_of_categories_are_told_whole(shell: Shell) -> None:
    names = [f"topic {chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{n:04}" for n in range(3_083)]
    await shell("import", publish(shell.folder, *(", ".join(names[at : at + 10]) for at in range(0, 3_083, 10))))

    ended = await shell("categories", "--json")

    assert len(json.loads(ended.output)["categories"]) == 3_083
