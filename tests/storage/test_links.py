"""Which links lead to the same story."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.links import same_story, where_alike

ALIKE = [
    ("https://a.example/x", "https://a.example/x/"),
    ("https://a.example", "https://a.example/"),
    ("https://a.example/x", "https://a.example/x#"),
    ("https://a.example/x", "https://a.example/x?utm_source=rss"),
    ("https://a.example/x/", "https://a.example/x?utm_source=rss&utm_medium=feed#top"),
    ("https://a.example/x?id=3", "https://a.example/x?id=3&utm_campaign=x"),
    ("https://mp.weixin.qq.com/s?__biz=M&mid=2&sn=a", "https://mp.weixin.qq.com/s?__biz=M&mid=2&sn=a&utm_id=1#rd"),
    ("https://a.example/x", "https://a.example/x?ref=some-letter.example.com"),
    ("https://a.example/x?id=3", "https://a.example/x?id=3&ref=hn"),
    ("https://a.example/x?id=3", "https://a.example/x?id=3&spm=a2c6h.12873639.article-detail.8"),
    ("https://a.example/list#v2", "https://a.example/list?fbclid=9#v2"),
]
DIFFERENT = [
    ("https://a.example/x", "https://a.example/xy"),
    ("https://a.example/x", "https://a.example/x/y"),
    ("https://a.example/x?id=3", "https://a.example/x?id=33"),
    ("https://a.example/x", "https://a.example/x?id=3"),
    ("https://a.example/list#v2", "https://a.example/list#v3"),
    ("https://a.example/#/story/1", "https://a.example/#/story/2"),
    ("https://a.example/X", "https://a.example/x"),
    ("https://a.example/README.md?ref=main", "https://a.example/README.md?ref=v1.2"),
    ("https://a.example/x", "https://a.example/x?ref=release/2.0-rc1"),
    ("https://a.example/chart?spm=3", "https://a.example/chart?spm=4"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_only_tracks_makes_no_other_story(one: str, other: str) -> None:
    assert same_story(one) == same_story(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_may_be_another_story_is_one(one: str, other: str) -> None:
    assert same_story(one) != same_story(other)


@pytest.mark.parametrize(("one", "other"), ALIKE[:-1])
def test_links_of_a_story_are_found_in_an_index(one: str, other: str) -> None:
    for asked, wanted in ((one, one), (one, other), (other, one), (other, other)):
        assert any(first <= wanted < end for first, end in where_alike(asked))


@given(
    st.from_regex(
        r"https?://[a-z]{1,3}\.example(/[a-zA-Z0-9._-]{0,9}){0,3}(\?[a-z]=[0-9]&?)?(#[a-z]{0,3})?", fullmatch=True
    )
)
def test_a_link_is_found_by_itself(link: str) -> None:
    assert any(first <= link < end for first, end in where_alike(link))
