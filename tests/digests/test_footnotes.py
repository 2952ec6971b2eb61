"""Footnotes are read where they belong."""

import pytest

from bot.digests.footnotes import with_footnotes_inside


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("Bees hum.[^1]\n\n[^1]: So they say.", "Bees hum. (So they say.)\n\n"),
        ("Bees[^a] and[^b].\n\n[^a]: One\n[^b]: *Two*", "Bees (One) and (*Two*).\n\n\n"),
        ("Bees[^1].\n\n[^1]: https://a.example/b_c", "Bees[↗](<https://a.example/b_c>).\n\n"),
        ("Bees[^1].\n\n[^1]: <https://a.example/>\n\nMore.", "Bees[↗](<https://a.example/>).\n\n\n\nMore."),
        ("Bees[^1], wasps[^1].\n\n[^1]: Both.", "Bees (Both.), wasps.\n\n"),
        ("Bees[^1].\n\n[^1]: One\n    two.\n\n    Three.\nFour.", "Bees (One two. Three.).\n\n\n\n\n\nFour."),
        ("Bees.\n\n[^1]: Nobody asks.", "Bees.\n\nNobody asks."),
        ("Bees[^2].", "Bees[^2]."),
        ("`a[^1]` b[^1]\n\n[^1]: c", "`a[^1]` b (c)\n\n"),
        ("```\na[^1]\n[^1]: b\n```\n\nc[^1]\n\n[^1]: d", "```\na[^1]\n[^1]: b\n```\n\nc (d)\n\n"),
        ("a[^1]\n\n[^1]: see[^1] b[^2]\n[^2]: c", "a (see b)\n\n\nc"),
    ],
)
def test_a_footnote_is_read_where_it_is_first_referred_to(body: str, read: str) -> None:
    assert with_footnotes_inside(body) == read
    assert read.count("\n") == body.count("\n")
