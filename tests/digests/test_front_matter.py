"""Metadata in all the ways in which sites write it."""

import random
from contextlib import suppress

import pytest
import yaml

from bot.digests.front_matter import read_front_matter
from bot.digests.problems import UnreadableDigest
from bot.digests.yaml_metadata import Loader, QuickLoader, is_plain


@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: Bees\n---\n",
        "\ufeff---\ntitle: Bees\n---\n",
        "\ufeff\ufeff\n\n---\n\ntitle: Bees\n\n---\n",
        "---\r\ntitle: Bees\r\n---\r\n",
        "---  \ntitle:\tBees\t\n...\n",
        "---\n# a remark\n\"title\": 'Bees'\n---\n",
        '+++\ntitle = "Bees"\n+++\n',
        '{"title": "Bees"}\n',
        '{\n  "Title": "Bees"\n}\n',
        "Title: Bees\nNumber: 7\n\n",
        "Date: 2025-07-22\nTitle: Be\n    es\n\n".replace("Be\n    es", "Bees"),
    ],
)
def test_a_title_is_found_in_every_kind_of_front_matter(head: str) -> None:
    front = read_front_matter(f"{head}\n- x\n".encode(), "bees.md")

    assert front.metadata["title"] == "Bees"
    assert front.body.strip() == "- x"


@pytest.mark.parametrize(
    "text",
    [
        "# Bees\n\ntext\n",
        "---\n\nA rule, and then prose: with a colon.\n\nMore.\n",
        "---\n\n# Bees\n\n---\n\ntext",
        "---\n- a\n- b\n---\n",
        "Note: this is prose and no metadata.\n\ntext",
        "{{< shortcode >}}\n\ntext",
        "{not json}\n",
        "",
    ],
)
def test_a_file_without_front_matter_is_all_body(text: str) -> None:
    front = read_front_matter(text.encode(), "bees.md")

    assert front.metadata == {}
    assert front.body == text


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        ("---\ntitle: Bees\ndate: 2025-07-22\n\n- x\n", 1, "never ends"),
        ("\n\n+++\ntitle = 1\n", 3, "never ends"),
        ("---\ntitle: Bees\ntags: [a, b\n---\n- x\n", 3, "YAML"),
        ("\ufeff\n---\ntitle: Bees\nx: 'y\n---\n- x\n", 4, "YAML"),
        ('+++\ntitle = "Bees"\ndate = 2022-02-29\n+++\n- x\n', 3, "TOML"),
        ("+++\ntitle = Bees\n+++\n- x\n", 2, "TOML"),
        ('{"title": "Bees",\n "x": }\n', 2, "JSON"),
        ("---\nx: " + "[" * 50_000 + "\n---\n", 2, "too deep"),
        (
            "---\n"
            + "".join(f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]\n" if n else "b0: &b0 [x]\n" for n in range(30))
            + "---\n",
            13,
            "aliases",
        ),
        ("+++\nx = " + "[" * 5_000 + "\n+++\n", 2, "TOML"),
        ('{"x": ' + "[" * 50_000, 1, "JSON"),
    ],
)
def test_broken_front_matter_is_an_error_with_its_line_in_the_file_and_a_remedy(
    content: str, line: int, problem: str
) -> None:
    with pytest.raises(UnreadableDigest) as raised:
        read_front_matter(content.encode(), "news/bees.md")

    assert raised.value.line == line
    assert problem in raised.value.problem
    assert str(raised.value).startswith(f"news/bees.md:{line}: ")
    assert raised.value.remedy


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (b"# Bees\n\ncaf\xe9\n", 3, "not UTF-8"),
        ("# Bees".encode("utf-16"), 1, "UTF-16"),
        (b"\xff\xfe", 1, "UTF-16"),
        ("标题".encode("gb18030"), 1, "not UTF-8"),
    ],
)
def test_what_is_not_utf_8_is_an_error_with_its_line(content: bytes, line: int, problem: str) -> None:
    with pytest.raises(UnreadableDigest) as raised:
        read_front_matter(content, "bees.md")

    assert raised.value.line == line
    assert problem in raised.value.problem


def test_of_two_equal_keys_the_last_wins() -> None:
    front = read_front_matter(b"---\ntitle: Wasps\ntitle: Bees\n---\nx", "bees.md")

    assert front.metadata == {"title": "Bees"}


def test_scalars_stay_as_they_are_written() -> None:
    front = read_front_matter(b"---\ntitle: 2014-01-02\nweight: 010\nx: yes\ny: 1:30\nz: ~\n---\nx", "bees.md")

    assert front.metadata == {"title": "2014-01-02", "weight": "010", "x": "yes", "y": "1:30", "z": None}


def test_the_body_knows_the_line_at_which_it_begins() -> None:
    front = read_front_matter(b"\n---\ntitle: Bees\n---\n\n- x\n", "bees.md")

    assert front.body_line == 5
    assert front.body == "\n- x\n"
    assert front.line_of("title") == 3


@pytest.mark.parametrize(
    ("text", "doubled"),
    [
        ("---\ntitle: a\ndate: 2025-07-22\nTitle: b\n---\nx", [("Title", 4)]),
        ("\n\n---\n# A remark\n'title': a\nextra:\n  a: 1\n  a: 2\n\"title\": b\n---\nx", [("title", 9), ("a", 8)]),
        ("---\ntitle: a\nlist:\n- a: 1\n- a: 2\n---\nx", []),
        ('{\n"title": "a",\n\t"date": "2025-07-22",\n"title": "b"}\nx', [("title", 4)]),
        ("Title: a\nDate: 2025-07-22\n    title: no key\nTITLE: b\n\nx", [("TITLE", 4)]),
        ("no metadata", []),
    ],
)
def test_a_key_that_is_said_again_is_named_with_its_line(text: str, doubled: list[tuple[str, int]]) -> None:
    assert read_front_matter(text.encode(), "x.md").doubled == doubled


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ndatePublished: x\ndate_created: x\ndate : 1\n---\nx", 4),
        ('{\n"dated": 1,\n"date": 1}\nx', 3),
        ('{"date": 1}\nx', 1),
        ("+++\ntitle = 'date'\nDate = 1\n+++\nx", 3),
    ],
)
def test_a_key_is_found_in_its_line(text: str, line: int) -> None:
    assert read_front_matter(text.encode(), "x.md").line_of("date") == line


def test_plain_yaml_means_the_same_whichever_library_reads_it() -> None:
    choose = random.Random(2026)  # noqa: S311 - no secret
    pieces = [
        *(
            "title: ",
            "a",
            "b: ",
            "c:\n",
            "- x\n",
            "  - y\n",
            "\n",
            '"q"',
            "'s'",
            "[a, b]",
            "[",
            "# c",
            " ",
            "2014-01-02",
        ),
        *(
            "é",
            "开源",
            ":",
            "-",
            "~",
            "null",
            "true",
            "1e3",
            "\u00a0",
            "\u2028",
            "|",
            ">",
            "%",
            "@",
            "😀",
            "\x85",
            "...",
        ),
        *("---", "=", "<<: ", "date: ", "x: y"),
    ]
    plain = 0
    for _ in range(30_000):
        source = "".join(choose.choices(pieces, k=choose.randrange(1, 9)))
        if is_plain(source):
            with suppress(yaml.YAMLError):
                quick = yaml.load(source, QuickLoader)  # noqa: S506 - safe, as its base is
                assert quick == yaml.load(source, Loader), source  # noqa: S506 - likewise
                plain += 1

    assert plain > 1000


@pytest.mark.parametrize(
    "source", ["a: x" + " " * 200_000 + "#", "a: [" + "," * 200_000, "- " * 100_000, "a: x\n" * 40_000 + "#"]
)
def test_whether_yaml_is_plain_is_told_at_once(source: str) -> None:
    assert not is_plain(source)
