"""Which files are one digest in several languages, and which of them a reader gets."""

import pytest

from bot.digests.twins import nearest_edition, together, twins_of


@pytest.mark.parametrize(
    ("path", "language", "shared"),
    [
        ("posts/a.md", None, "posts/a.md"),
        ("posts/a.md", "zh-Hans", "posts/a.md"),
        ("posts/a.en.md", "en", "posts/a.md"),
        ("posts/a.zh-cn.md", "zh-Hans", "posts/a.md"),
        ("posts/a.zh_TW.md", "zh-TW", "posts/a.md"),
        ("en/posts/a.md", "en", "posts/a.md"),
        ("posts/cn/2025/a.md", "zh", "posts/2025/a.md"),
        ("content/jp/a.md", "ja", "content/a.md"),
        ("_posts/cs/a.md", "cs", "_posts/a.md"),
        # A subject, not the language.
        ("it/a.md", "en", "it/a.md"),
        ("notes.is.md", "en", "notes.is.md"),
        ("release.v2.md", "en", "release.v2.md"),
        ("2025.07.md", "en", "2025.07.md"),
    ],
)
def test_what_translations_share_is_the_path_without_their_language(
    path: str, language: str | None, shared: str
) -> None:
    assert twins_of(path, language) == shared


def test_twins_are_put_together_the_main_one_first() -> None:
    files = [
        (path, index) for index, path in enumerate(["en/1.md", "en/2.md", "x.en.md", "x.md", "zh/1.md", "zh/2.md"])
    ]

    assert together(files, main="zh-Hans") == [
        [("zh/1.md", 4), ("en/1.md", 0)],
        [("zh/2.md", 5), ("en/2.md", 1)],
        [("x.md", 3), ("x.en.md", 2)],
    ]
    assert together(files, main=None)[0] == [("en/1.md", 0), ("zh/1.md", 4)]


def test_files_without_twins_stay_in_their_order() -> None:
    files = [("b.md", 0), ("a.md", 1), ("c/a.md", 2)]

    assert together(files, main=None) == [[file] for file in files]


@pytest.mark.parametrize(
    ("languages", "wanted", "nearest"),
    [
        (["zh-Hans", "en"], "en", 1),
        (["zh-Hans", "en"], "en-GB", 1),
        (["zh-Hans", "en"], "zh", 0),
        (["zh-Hans", "en"], "fr", 0),
        (["zh-Hans", "en"], None, 0),
        (["zh-Hans", "zh-Hant"], "zh-TW", 1),
        (["zh-Hant", "zh-Hans"], "zh-CN", 1),
        (["en", "zh-Hant"], "zh-Hans", 1),
        (["en-GB", "en-US"], "en-US", 1),
        ([None, "en"], "en", 1),
        ([None], "en", 0),
    ],
)
def test_each_reader_gets_their_own_language_or_the_main_one(
    languages: list[str | None], wanted: str | None, nearest: int
) -> None:
    assert nearest_edition(languages, wanted) == nearest
