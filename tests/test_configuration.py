"""What an operator writes into `digest-bot.toml`, and what they are told when it cannot be used."""

import os
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.load_settings import SettingsError, load_settings
from bot.source_settings import SourceSettings
from bot.sources.git_address import git_address
from bot.sources.places import FeedAddress, named_places
from storage.model import Category


@pytest.fixture(autouse=True)
def _a_bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.upper().startswith("DIGEST_BOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def configured(text: str, name: str = "digest-bot.toml") -> tuple[SourceSettings, ...]:
    Path(name).write_text(text, encoding="utf-8")
    return load_settings(needed=()).sources


def problems(text: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        configured(text)
    return str(caught.value).splitlines()


def test_every_option_of_a_source_can_be_written() -> None:
    Path("posts").mkdir()

    ai, feed = configured(
        """
        [[sources]]
        name = "ai"
        place = "posts"
        poll_seconds = 300
        timezone = "Asia/Shanghai"
        base_url = "https://example.org/news/"
        include = ["content/**"]
        exclude = ["*.draft.md", "old/"]
        category_keys = ["tags", "categories"]
        language = "zh-Hans"

        [[sources]]
        name = "feed"
        place = "https://example.org/feed.xml"
        """
    )

    assert (ai.name, ai.place, ai.poll_interval) == ("ai", Path("posts"), timedelta(minutes=5))
    assert (ai.site.zone, ai.site.base_url) == (ZoneInfo("Asia/Shanghai"), "https://example.org/news")
    assert (ai.site.category_keys, ai.site.language) == (("tags", "categories"), "zh-Hans")
    assert ai.chosen.of(["content/a.md", "content/b.draft.md", "content/old/c.md", "d.md"]) == {"content/a.md"}
    assert (feed.place, feed.poll_interval) == (FeedAddress("https://example.org/feed.xml"), timedelta(minutes=1))


def test_a_subfolder_is_a_place_of_its_own() -> None:
    folder, git = configured(
        """
        [[sources]]
        name = "a"
        place = "site"
        subfolder = "content/posts"

        [[sources]]
        name = "b"
        place = "git+https://example.org/site.git#main"
        subfolder = "posts"
        """
    )

    assert folder.place == Path("site/content/posts")
    assert git.place == git_address("git+https://example.org/site.git#main:posts")


def test_what_a_source_leaves_open_is_as_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_BOT_TIMEZONE", "Europe/Berlin")
    monkeypatch.setenv("DIGEST_BOT_BASE_URL", "https://example.org")
    monkeypatch.setenv("DIGEST_BOT_POLL_SECONDS", "7")

    (source,) = configured('[[sources]]\nname = "a"\nplace = "posts"\n')

    assert source.site.zone == ZoneInfo("Europe/Berlin")
    assert source.site.base_url == "https://example.org"
    assert source.poll_interval == timedelta(seconds=7)


def test_categories_are_joined_and_hidden_as_the_table_says() -> None:
    configured('[categories]\nhidden = ["misc"]\n[categories.aliases]\n"AI 资讯" = ["AI News"]\n')

    table = load_settings(needed=()).site.categories

    assert table.read("ai news") == Category("ai资讯", "AI 资讯")
    assert table.read("Misc") is None


def test_the_file_may_stand_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_BOT_CONFIG", "other.toml")

    (source,) = configured('[[sources]]\nname = "a"\nplace = "posts"\n', "other.toml")

    assert source.name == "a"


def test_a_file_that_is_named_and_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_BOT_CONFIG", "none.toml")

    with pytest.raises(SettingsError, match=r"none.toml: cannot be read \(No such file"):
        load_settings(needed=())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[sources]\n", "digest-bot.toml: is no TOML: "),
        ('[[sources]]\nplace = "a"\n', "digest-bot.toml: sources[1].name: is missing; add it"),
        (
            '[[sources]]\nname = "a"\nplace = "a"\n[[sources]]\nname = "b"\nplace = "b"\nzone = "UTC"\n',
            "digest-bot.toml: sources[2].zone: is no option; correct or remove it",
        ),
        (
            '[[sources]]\nname = "A B"\nplace = "a"\n',
            "digest-bot.toml: sources[1].name: 'A B' is no name of a source; take up to 32 small letters",
        ),
        (
            '[[sources]]\nname = "a"\nplace = "a"\ntimezone = "Asia/Shangai"\n',
            "digest-bot.toml: sources[1].timezone: 'Asia/Shangai' is no time zone; did you mean Asia/Shanghai?",
        ),
        (
            '[[sources]]\nname = "a"\nplace = "a"\nbase_url = "https://ada:secret@example.org"\n',
            "digest-bot.toml: sources[1].base_url: has a name or password in it, which every reader would see",
        ),
        (
            '[[sources]]\nname = "a"\nplace = "a"\npoll_seconds = "often"\n',
            "digest-bot.toml: sources[1].poll_seconds: is no number of seconds; write it like 300",
        ),
        (
            '[[sources]]\nname = "a"\nplace = "a"\npoll_seconds = 0\n',
            "digest-bot.toml: sources[1].poll_seconds: '0' is not a number above 0; write it like 30 or 0.5",
        ),
        (
            '[[sources]]\nname = "a"\nplace = "a"\nexclude = ["\\\\"]\n',
            "digest-bot.toml: sources[1].exclude[1]: '\\\\' is no pattern; write it like posts/** or *.draft.md",
        ),
        (
            '[[sources]]\nname = "a"\nplace = "a"\nlanguage = "klingon!"\n',
            "digest-bot.toml: sources[1].language: 'klingon!' is no language; write it like zh-Hans or en",
        ),
        (
            '[[sources]]\nname = "a"\nplace = "a"\n[[sources]]\nname = "a"\nplace = "b"\n',
            "digest-bot.toml: two sources are called 'a'; a name is a source's identity",
        ),
        (
            '[[sources]]\nname = "a"\nplace = "ftp://example.org"\n',
            "digest-bot.toml: sources[1].place: names a kind of place that is none of ours",
        ),
        ('[categories]\nhidden = ["a"]\n[categories.aliases]\n"A" = ["b"]\n', "digest-bot.toml: categories: 'a' is"),
        (
            '[[sources]]\nname = "a"\nplace = "a"\nsubfolder = "../b"\n',
            "digest-bot.toml: sources[1].subfolder: '../b' is no folder within",
        ),
        (
            '[[sources]]\nname = "a"\nplace = "git+https://e.org/a.git#main:x"\nsubfolder = "y"\n',
            "digest-bot.toml: sources[1]: names the folder 'x' already; write it in one of the two places",
        ),
        (
            '[[sources]]\nname = "a"\nplace = "https://e.org/feed"\nsubfolder = "y"\n',
            "digest-bot.toml: sources[1]: is a feed, which has no folders; remove subfolder",
        ),
        (
            '[[sources]]\nname = "a"\nplace = 5\n',
            "digest-bot.toml: sources[1].place: is no text; write it between quotes",
        ),
        (
            '[[sources]]\nname = "a"\nplace = {url = "file:///"}\n',
            "digest-bot.toml: sources[1].place: is no text; write it between quotes",
        ),
        # It would match nothing, and everything would vanish.
        (
            '[[sources]]\nname = "a"\nplace = "a"\ninclude = [""]\n',
            "digest-bot.toml: sources[1].include[1]: '' is no pattern; write it like posts/** or *.draft.md",
        ),
        (
            '[[sources]]\nname = "a"\nplace = "a"\ninclude = ["#news/"]\n',
            "digest-bot.toml: sources[1].include[1]: '#news/' is no pattern; write it like posts/** or *.draft.md",
        ),
        ("[categries]\n", "digest-bot.toml: categries: is no option; correct or remove it"),
    ],
)
def test_what_cannot_be_used_is_one_line_with_the_place_and_the_remedy(text: str, sentence: str) -> None:
    (line,) = problems(text)

    assert line.startswith(sentence)


def test_a_source_that_is_no_folder_is_named() -> None:
    Path("digest-bot.toml").write_text('[[sources]]\nname = "a"\nplace = "none"\n', encoding="utf-8")

    with pytest.raises(SettingsError, match=r"digest-bot.toml: source 'a': 'none' is no folder; make it or correct"):
        load_settings(needed=("source",))


def test_a_mistyped_address_shows_no_password() -> None:
    place = "https:/ada:sesame@example.org/feed.xml"
    Path("digest-bot.toml").write_text(f'[[sources]]\nname = "a"\nplace = "{place}"\n', encoding="utf-8")

    with pytest.raises(SettingsError, match=r"source 'a': 'https:/…@example\.org/feed\.xml' is no") as caught:
        load_settings(needed=("source",))

    assert "sesame" not in str(caught.value)


def test_a_name_stands_for_one_source_wherever_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("digest-bot.toml").write_text('[[sources]]\nname = "main"\nplace = "."\n', encoding="utf-8")
    monkeypatch.setenv("DIGEST_BOT_SOURCE", ".")

    with pytest.raises(SettingsError, match=r"DIGEST_BOT_SOURCE: the source 'main' is in digest-bot.toml too"):
        load_settings(needed=("source",))


def test_several_places_are_named_for_what_they_are() -> None:
    places = named_places(
        "/srv/digests, news=/srv/other, /srv/My Posts/, git+https://example.org/team/site.git#main:content/posts, "
        "https://blog.example.org/feed.xml"
    )

    assert [place.name for place in places] == ["main", "news", "my-posts", "posts", "blog-example-org"]


def test_a_name_stays_where_named_places_are_added_and_links_lead_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "2026-11-22").mkdir()
    (tmp_path / "current").symlink_to("2026-11-22")

    assert [place.name for place in named_places("/srv/digests")] == ["main"]
    assert [place.name for place in named_places("news=/srv/news,/srv/digests")] == ["news", "main"]
    # As sites are often deployed: the link leads to another folder each day.
    assert [place.name for place in named_places(f"/srv/digests,{tmp_path}/current")] == ["main", "current"]
    assert [place.name for place in named_places(f"/srv/digests,{tmp_path}/a/../b/.")] == ["main", "b"]


@pytest.mark.parametrize(
    "place", ["https://ada:open,sesame@example.org/feed.xml", "git+https://ada:open,sesame@example.org/site.git"]
)
def test_a_password_with_a_comma_in_it_is_not_shown_in_part(place: str) -> None:
    with pytest.raises(ValueError, match="ada:…") as caught:
        named_places(place)

    assert "open" not in str(caught.value)


def test_two_places_of_one_name_are_refused_with_the_remedy() -> None:
    with pytest.raises(ValueError, match="has two sources called 'posts'; name them, like first=PLACE,second=PLACE"):
        named_places("/a,/b/posts,/c/posts")


def test_other_options_are_told_by_other_fingerprints() -> None:
    (plain,) = configured('[[sources]]\nname = "a"\nplace = "p"\n')
    (again,) = configured('[[sources]]\nname = "a"\nplace = "q"\npoll_seconds = 9\n')
    (zoned,) = configured('[[sources]]\nname = "a"\nplace = "p"\ntimezone = "Asia/Shanghai"\n')
    (tabled,) = configured('[[sources]]\nname = "a"\nplace = "p"\n[categories]\nhidden = ["x"]\n')

    assert plain.options == again.options
    assert len({plain.options, zoned.options, tabled.options}) == 3
