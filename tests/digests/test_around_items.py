"""What sites write around their items: titles, dates, labels, marks and the words of their machines."""

from datetime import UTC, datetime

import pytest

from bot.digests.read import read_digest
from bot.digests.site import Site
from storage.model import Digest
from tests.digests.told import intro, told


def read(text: str) -> Digest:
    digest = read_digest(text.encode(), "x.mdx", site=Site("https://s.example/"), now=datetime(2026, 1, 1, tzinfo=UTC))
    assert isinstance(digest, Digest)
    return digest


def test_marks_that_style_nothing_are_no_words() -> None:
    assert told("- **Bees fly **\n- **蜂****飞**行\n")[0][0] == "Bees fly"
    assert told("- **蜂****飞**行\n- 蚁\n")[0][0] == "蜂飞行"


def test_lines_of_labels_stay_lines() -> None:
    assert (
        intro("编辑: 甲\n订阅: 乙\n\n- [Bees](https://a.example/)\n- [Wasps](https://b.example/)\n")
        == "编辑: 甲\n订阅: 乙"
    )


@pytest.mark.parametrize("key", ["pubDatetime", "publishedAt", "publish_date"])
def test_themes_have_names_of_their_own_for_the_date(key: str) -> None:
    assert read(f"---\ntitle: Hives\n{key}: 2025-07-22\n---\n- Bees fly.\n").published_at == datetime(
        2025, 7, 22, tzinfo=UTC
    )


def test_a_picture_in_the_first_heading_is_no_part_of_the_title() -> None:
    assert (
        read('# Hives <img src="https://a.example/hits.svg">\n\n## [Bees](https://b.example/)\n\nThey fly.\n').title
        == "Hives"
    )


def test_the_title_said_again_over_a_greeting_is_no_item() -> None:
    digest = read(
        "---\ntitle: Hives 5 (May 1)\n---\n## Hives: 5 (May 1)\n\nWelcome!\n\n## Reading\n\n"
        "- [Bees](https://a.example/)\n"
        "- [Wasps](https://b.example/)\n"
    )

    assert [item.headline.text for item in digest.items] == ["Bees", "Wasps"]
    assert digest.intro.text == "Welcome!"


def test_what_mdx_imports_is_not_said() -> None:
    digest = read(
        'Hello!\n\nimport Support from "../_support.mdx";\n\n- [Bees](https://a.example/)\n- [Wasps](https://b.example/)\n'
    )

    assert digest.intro.text == "Hello!"
