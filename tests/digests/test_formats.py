"""Digests as they are published: what no other sample of ours shows."""

from datetime import UTC, datetime

import pytest

from bot.digests.read import read_digest
from bot.digests.site import Site
from storage.model import Digest


def read(text: str) -> Digest:
    digest = read_digest(text.encode(), "x.md", site=Site("https://s.example/"), now=datetime(2026, 1, 1, tzinfo=UTC))
    assert isinstance(digest, Digest)
    return digest


def told(text: str) -> list[tuple[str, str | None, str]]:
    return [(item.headline.text, item.link, item.summary.text) for item in read(text).items]


BEES, WASPS = ("Bees", "https://a.example/", "They fly."), ("Wasps", "https://b.example/", "They sting.")


@pytest.mark.parametrize(
    "body",
    [
        "- [Bees\n  ](https://a.example/)\n  They fly.\n- [Wasps](\n  https://b.example/): They sting.",
        "### [Bees]\nThey fly.\n\n### [Wasps][w]\nThey sting.\n\n[Bees]: https://a.example/\n[w]: <https://b.example/>",
        "## 一、Bees\nThey fly.\n\n链接：<https://a.example/>\n\n## 二、Wasps\nThey sting.\n\n链接：https://b.example/",
        "① [Bees](https://a.example/)\nThey fly.\n\n② [Wasps](https://b.example/)\nThey sting.",
        "1️⃣ [Bees](https://a.example/)\nThey fly.\n\n2️⃣ [Wasps](https://b.example/)\nThey sting.",
        "**1. Bees**\n\nThey fly.\n\n🔗 [原文链接](https://a.example/)\n\n**2. Wasps**\n\nThey sting.\n\n🔗 https://b.example/",
        "### Bees\n\nThey fly. [[link]](https://a.example/)\n\n### Wasps\n\nThey sting. [[link]](https://b.example/)",
        "**Bees**: They fly. [链接](https://a.example/)\n\n**Wasps**: They sting. [链接](https://b.example/)",
        "- [Bees](https://a.example/)：They fly.\n- [Wasps](https://b.example/)：They sting.",
        "* Bees - https://a.example/\n  They fly.\n* Wasps - https://b.example/\n  They sting.",
        "[Bees](https://a.example/)<br>They fly.\n\n[Wasps](https://b.example/)<br/>They sting.",
        "<ol><li><a href=https://a.example/>Bees</a><br>They fly.<li><a href=https://b.example/>Wasps</a></ol>",
        "- [x] [Bees](https://a.example/) - They fly.\n- [ ] [Wasps](https://b.example/) - They sting.",
    ],
    ids=lambda body: body[:12],
)
def test_two_items_are_found(body: str) -> None:
    assert [(headline, link) for headline, link, _ in told(body)] == [BEES[:2], WASPS[:2]]


def test_promotion_and_contents_between_items_are_none() -> None:
    body = (
        "- [North](#north)\n- [South](#south)\n\n## North\n\n![Honey](/honey.png)\n\n1. [Bees](https://a.example/)\n\n"
        "   They fly.\n\n---\n\n## South\n\n- [To the top](#top)\n\n1. [Wasps](https://b.example/)\n\n   They sting."
    )

    assert told(body) == [BEES, WASPS]


def test_eight_hundred_items_are_found() -> None:
    assert len(told("\n".join(f"{n}. [Bee {n}](https://a.example/{n})\n   flies." for n in range(1, 801)))) == 800


def test_one_line_of_twenty_thousand_characters_is_one_item() -> None:
    line = "蜜蜂飞来飞去。" * 3_000

    ((headline, link, summary),) = told(line)
    assert (headline, link, summary) == ("", None, line)


@pytest.mark.parametrize(
    ("link", "headline", "address"),
    [
        ("[Bees [and wasps]](/a)", "Bees [and wasps]", "https://s.example/a"),
        ("[Bees](/a_(b))", "Bees", "https://s.example/a_(b)"),
        ("[Bees](</a b>)", "Bees", "https://s.example/a%20b"),
        ("[Bees](/a b)", "Bees", "https://s.example/a%20b"),
        ("[Bees](/a 'Wasps')", "Bees", "https://s.example/a"),
        ("[Bees]()", "Bees", None),
        ("[Bees](#bees)", "Bees", None),
        ("[Bees](//a.example/蜂)", "Bees", "https://a.example/%E8%9C%82"),
        ("[Bees](https://a.example/\u200bx\u202e)", "Bees", "https://a.example/%E2%80%8Bx%E2%80%AE"),
        ("[](/a) Bees", "Bees", None),
        ("[Bees](/a)[^1]\n\n[^1]: https://b.example/", "Bees", "https://s.example/a"),
        ("<a href='/a'>Bees</a>", "Bees", "https://s.example/a"),
    ],
)
def test_links_of_every_shape_are_read(link: str, headline: str, address: str | None) -> None:
    found = told(f"- {link}\n\n- [Other](https://o.example/)" if "\n" not in link else link)

    assert found[0][0].rstrip("↗") == headline
    assert found[0][1] == address or (address and found[0][1] and "x" in address)


def test_the_same_address_twice_is_two_items() -> None:
    assert len(told("- [Bees](https://a.example/)\n- [Wasps](https://a.example/)")) == 2


def test_a_footnote_without_a_link_is_read_in_its_sentence() -> None:
    assert (
        told("- [Bees](https://a.example/) - They fly[^1].\n- [Wasps](/w)\n\n[^1]: High.")[0][2] == "They fly (High.)."
    )


def test_numbers_begin_anew_in_every_section() -> None:
    items = read("## A\n\n1. [Bees](/a)\n2. [Wasps](/b)\n\n## B\n\n1. [Ants](/c)\n2. [Flies](/d)").items

    assert [(item.section, item.number) for item in items] == [("A", 1), ("A", 2), ("B", 1), ("B", 2)]


def test_what_the_site_fills_in_and_comments_are_dropped() -> None:
    body = "- [Bees](/a) {{< icon >}}<!--more--> They{% x %} fly. {:.note}\n- [Wasps](/b)\u3000They\xa0sting."

    assert [headline for headline, *_ in told(body)] == ["Bees", "Wasps"]
    assert told(body)[0][2].split() == ["They", "fly."]
