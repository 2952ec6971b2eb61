"""The two seeds, real digests of the site that matters most, come out perfect.

They are not ours, so only their structure is here.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.digests.read import LeftOut, read_digest
from bot.digests.site import Site
from bot.messages.entities import as_bot_api
from bot.messages.view import render
from storage.model import Digest, EntityType, Layout
from tests.tdlib import judge

FOLDER = Path(__file__).parents[2] / "shared" / "seeds"
SEEDS = sorted(FOLDER.glob("*.md"))
LAYOUTS: tuple[Layout, ...] = ("full", "headlines")

pytestmark = pytest.mark.skipif(not SEEDS, reason="shared/seeds is not beside this clone")


def read(seed: Path) -> Digest:
    digest = read_digest(seed.read_bytes(), seed.name, site=Site(), now=datetime(2026, 1, 1, tzinfo=UTC))
    assert not isinstance(digest, LeftOut)
    return digest


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_a_seed_has_its_eight_items_in_order_each_with_its_link_and_summary(seed: Path) -> None:
    source = seed.read_text(encoding="utf-8")

    digest = read(seed)

    headlines = re.findall(r"^\d+\.\s+\[(.+)\]\((.+)\)$", source, re.MULTILINE)
    assert [item.number for item in digest.items] == list(range(1, 9))
    assert [(item.headline.text, item.link) for item in digest.items] == headlines
    assert [item.line for item in digest.items] == [
        number for number, line in enumerate(source.split("\n"), 1) if re.match(r"\d+\.\s", line)
    ]
    summaries = re.findall(r"^ {3,4}(\S.+)$", source, re.MULTILINE)
    assert [item.summary.text for item in digest.items] == [line.replace("**", "") for line in summaries]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_what_a_seed_writes_bold_is_bold(seed: Path) -> None:
    bold = re.findall(r"\*\*(.+?)\*\*", seed.read_text(encoding="utf-8"))

    digest = read(seed)

    found = [
        item.summary.text[e.offset : e.offset + e.length]
        for item in digest.items
        for e in item.summary.entities
        if e.type == EntityType.BOLD
    ]
    assert found == bold


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_a_seed_is_one_message_that_telegram_takes_without_an_asterisk(seed: Path, layout: Layout) -> None:
    digest = read(seed)

    (part,) = render(digest, layout=layout, language="zh-Hans")

    judge(part.text, as_bot_api(part.text, part.entities))
    assert "*" not in part.text
    assert part.text.startswith(digest.title)
    assert {e.value for e in part.entities if e.type == EntityType.TEXT_LINK} == {item.link for item in digest.items}
    assert all(f"{item.number}. {item.headline.text}" in part.text for item in digest.items)


def test_a_seed_knows_its_time_and_its_categories() -> None:
    july = next(digest for digest in map(read, SEEDS) if digest.title.startswith("2025.07.22"))

    assert july.published_at is not None
    assert july.published_at.isoformat() == "2025-07-22T04:00:34.422000+08:00"
    assert [category.name for category in july.categories] == ["AI快讯", "技术前沿", "开源动态"]
