"""What a writer is told of a file: each sample has beside it the lines that it must be told."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.categories import CategoryTable
from bot.digests.markdown import MOST_LINES
from bot.digests.problems import Remark
from bot.digests.remarks import remarks_on
from bot.digests.site import Site

FOLDER = Path(__file__).parent / "checked"
SAMPLES = sorted(FOLDER.glob("*.md"))
NOW = datetime(2025, 12, 1, tzinfo=UTC)
HEAD = "---\ntitle: Bees\ndate: 2025-07-22\ncategories: [Insects]\n---\n"


def remarks(content: bytes | str, path: str = "x.md", site: Site | None = None) -> list[Remark]:
    content = content if isinstance(content, bytes) else content.encode()
    return remarks_on(content, path, site=site or Site(), now=NOW)


def lines(found: list[Remark]) -> list[str]:
    return [f"{remark.line}: {remark.level}: {remark.message}" for remark in found]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_sample_is_told_what_is_written_out_beside_it(sample: Path) -> None:
    expected = sample.with_suffix(".txt").read_text(encoding="utf-8").splitlines()

    assert lines(remarks(sample.read_bytes(), sample.name)) == expected


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_byte_order_marks_and_windows_lines_move_no_remark(sample: Path) -> None:
    content = sample.read_bytes()

    windows = b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")

    assert remarks(windows, sample.name) == remarks(content, sample.name)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
@pytest.mark.parametrize("empty", [1, 7])
def test_remarks_go_down_with_the_lines_that_they_are_of(sample: Path, empty: int) -> None:
    content = sample.read_bytes()

    moved = remarks(b"\n" * empty + content, sample.name)

    # What is of the file as a whole stays in its first line.
    places = [1 if remark.line == 1 else remark.line + empty for remark in remarks(content, sample.name)]
    assert [remark.line for remark in moved] == places


def test_the_sites_own_address_zone_and_categories_count() -> None:
    text = "---\ntitle: Bees\ndate: 2025-12-02 02:00\ntags: [none]\n---\n\n- [Bees](/bees)\n"

    at_home = Site(
        base_url="https://example.org",
        zone=ZoneInfo("Asia/Shanghai"),
        category_keys=("tags",),
        categories=CategoryTable.of({}, ["none"]),
    )

    assert remarks(text, site=at_home) == []
    assert [remark.line for remark in remarks(text)] == [2, 3, 7]


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        (HEAD + "x", "news/_index.md", "a section's page"),
        (HEAD, "x.md", "nothing but metadata"),
        ("", "x.md", "empty"),
    ],
)
def test_of_what_is_no_digest_only_that_is_told(text: str, path: str, reason: str) -> None:
    assert remarks(text, path) == [Remark(1, "note", f"left out by the bot: {reason}")]


def test_what_is_too_long_is_told_where_it_begins_to_be() -> None:
    (remark,) = remarks(HEAD + "Bees buzz\n" * MOST_LINES + "end")

    assert (remark.line, remark.level) == (HEAD.count("\n") + 1 + MOST_LINES, "warning")


def test_a_body_without_a_word_has_no_item() -> None:
    (remark,) = remarks(HEAD + "\n---\n")

    assert lines([remark]) == ["6: warning: no item: begin each story with a heading, a bullet or a number"]


MARKS = [
    *("**", "[", "](", ")", "][", "]", "```", "|", "---", "<b>", "</b>", "<!--", "-->", "`", "#", "\\", "-", "1.", ">"),
    *("https://example.org", "/x", "词", "word", ":", "{{", "<Vec<T>", "&lt;", "\u3000", "\t", " ", "\n", "\n\n"),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(MARKS), max_size=40).map("".join))
def test_no_text_is_too_odd_and_every_remark_is_within_the_file(body: str) -> None:
    text = HEAD + body

    found = remarks(text)

    assert all(1 <= remark.line <= text.count("\n") + 1 for remark in found)
