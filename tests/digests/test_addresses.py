"""Addresses of links that CommonMark would cut."""

import pytest

from bot.digests.addresses import with_whole_addresses


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("[a](https://a.example/b c.pdf)", "[a](<https://a.example/b c.pdf>)"),
        ("![a](/b c d.png) e", "![a](</b c d.png>) e"),
        ("[a](../b c)", "[a](<../b c>)"),
        ('[a](https://a.example/ "a title")', '[a](https://a.example/ "a title")'),
        ("[a](https://a.example/ 'a title')", "[a](https://a.example/ 'a title')"),
        ("f[i](a b)", "f[i](a b)"),
        ("`[a](/b c)` [a](/b c)", "`[a](/b c)` [a](</b c>)"),
        ("```\n[a](/b c)\n```\n[a](/b c)", "```\n[a](/b c)\n```\n[a](</b c>)"),
    ],
)
def test_an_address_with_blanks_is_kept_whole(written: str, read: str) -> None:
    assert with_whole_addresses(written) == read
