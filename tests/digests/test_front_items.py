"""Items in the front matter, of sites whose layouts write them out."""

from datetime import UTC, datetime

from bot.digests.read import LeftOut, read_digest
from bot.digests.site import Site
from storage.model import Digest


def read(front: str, body: str = "") -> Digest | LeftOut:
    file = f"---\ntitle: Insects\n{front}\n---\n{body}"
    return read_digest(file.encode(), "x.md", site=Site("https://example.org/"), now=datetime(2026, 1, 1, tzinfo=UTC))


def told(front: str, body: str = "") -> list[tuple[str | None, str, str | None, str]]:
    digest = read(front, body)
    assert isinstance(digest, Digest)
    return [(item.section, item.headline.text, item.link, item.summary.text) for item in digest.items]


BEES = (
    "stories:\n- title: Bees\n  url: https://a.example/\n  summary: They *fly*.\n- title: Wasps\n  link: /w\n  text: no"
)


def test_a_list_of_stories_is_the_items_of_a_file_without_a_body() -> None:
    assert told(BEES) == [
        (None, "Bees", "https://a.example/", "They fly."),
        (None, "Wasps", "https://example.org/w", ""),
    ]


def test_an_item_knows_its_line_in_the_front_matter() -> None:
    digest = read(BEES)

    assert isinstance(digest, Digest)
    assert [item.line for item in digest.items] == [4, 7]


def test_lists_inside_lists_are_sections() -> None:
    front = (
        "parts:\n- title: North\n  items:\n  - headline: Bees\n    href: https://a.example/\n"
        "- name: South\n  news:\n  - title: Ants"
    )

    assert told(front) == [("North", "Bees", "https://a.example/", ""), ("South", "Ants", None, "")]


def test_a_body_of_prose_is_the_intro_to_them() -> None:
    digest = read(BEES, "Hello!\n\nIt is spring.")

    assert isinstance(digest, Digest)
    assert digest.intro.text == "Hello!\n\nIt is spring."
    assert len(digest.items) == 2


def test_items_of_the_body_follow_unless_they_are_the_same() -> None:
    body = "- [Ants](https://c.example/)\n- [Bees](https://a.example/)"

    assert [headline for _, headline, _, _ in told(BEES, body)] == ["Bees", "Wasps", "Ants"]


def test_what_is_no_list_of_stories_is_none() -> None:
    others = [
        "resources:\n- title: A bee\n  src: bee.png",
        "authors:\n- name: Maya\n  url: https://m.example/",
        "tags: [bees]",
        "faq:\n- title: Why?\n  answer: So.",
        "items: [a, b]",
    ]

    assert [read(front) for front in others] == [LeftOut("nothing but metadata", None)] * 5
