"""What a stranger copies out of the documents works, and names every setting."""

import os
import re
from pathlib import Path

import pytest
import yaml

from bot.configuration import SourceTable
from bot.load_settings import load_settings
from bot.settings import Settings, variable
from bot.sources.git_address import GitAddress
from bot.sources.places import FeedAddress, named_places

ROOT = Path(__file__).parents[1]
SETTINGS = {variable(field) for field in Settings.model_fields}


@pytest.fixture(autouse=True)
def _a_bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.upper().startswith("DIGEST_BOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", document(name), re.MULTILINE | re.DOTALL)


def test_the_configuration_in_the_document_has_every_option_and_is_read() -> None:
    (written,) = blocks("docs/sources.md", "toml")
    Path("digest-bot.toml").write_text(written, encoding="utf-8")

    settings = load_settings(needed=())

    news, site, blog = settings.sources
    assert [type(source.place) for source in (news, site, blog)] == [type(Path()), GitAddress, FeedAddress]
    assert set(re.findall(r"^(\w+) = ", written, re.MULTILINE)) == {*SourceTable.model_fields, "hidden"}
    assert news.place == Path("/srv/site/content")
    assert news.chosen.of(["posts/a.md", "posts/a.draft.md", "posts/archive/a.md", "b.md"]) == {"posts/a.md"}
    table = settings.site.categories
    assert [category and category.name for category in map(table.read, ("ai news", "OSS", "misc"))] == [
        "AI 资讯",
        "开源",
        None,
    ]


@pytest.mark.parametrize("name", ["README.md", "docs/sources.md"])
def test_every_source_in_a_document_can_be_read(name: str) -> None:
    shell = "\n".join(blocks(name, "sh"))

    places = re.findall(r"^(?:export )?(?:DIGEST_BOT|DOCKER)_SOURCE=(.+)$", shell, re.MULTILINE)

    assert places
    for place in places:
        assert named_places(place)


def test_sources_are_named_as_the_document_says() -> None:
    (several,) = (block for block in blocks("docs/sources.md", "sh") if "blog=" in block)

    names = [place.name for place in named_places(several.strip().partition("=")[2])]

    assert names == ["main", "blog", "posts"]


def test_the_readme_has_every_setting_and_no_other() -> None:
    assert set(re.findall(r"^\| `(DIGEST_BOT_\w+)`", document("README.md"), re.MULTILINE)) == SETTINGS


def test_the_container_is_given_every_setting() -> None:
    service = yaml.safe_load(document("docker-compose.yml"))["services"]["digest-bot"]
    (configuration,) = (volume for volume in service["volumes"] if isinstance(volume, dict))

    # Where the database is, the image says; the file of the configuration is mounted where it is found unasked.
    assert {*service["environment"], "DIGEST_BOT_DATABASE", "DIGEST_BOT_CONFIG"} == SETTINGS
    assert configuration["source"] == "${DIGEST_BOT_CONFIG:-/dev/null}"
    assert configuration["target"] == "/app/digest-bot.toml"


def test_a_container_without_settings_watches_the_folder_that_is_mounted_there() -> None:
    service = yaml.safe_load(document("docker-compose.yml"))["services"]["digest-bot"]

    assert service["environment"]["DIGEST_BOT_SOURCE"] == "${DOCKER_SOURCE-/digests}"
    assert "${DIGEST_BOT_SOURCE:-./digests}:/digests:ro" in service["volumes"]


def test_what_is_mounted_in_place_of_no_file_is_not_read() -> None:
    Path("digest-bot.toml").symlink_to(os.devnull)

    assert load_settings(needed=()).sources == ()


def test_every_picture_and_document_that_is_shown_is_there_and_no_picture_is_left_over() -> None:
    shown: set[Path] = set()
    for each in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        links = re.findall(r'(?:src="|\]\()([\w./-]+\.(?:png|svg|md))', each.read_text(encoding="utf-8"))
        shown |= {(each.parent / link).resolve() for link in links}

    assert [path for path in sorted(shown) if not path.is_file()] == []
    assert set((ROOT / "docs").rglob("*.png")) - shown == set()
