"""Whether a subscriber is to get a digest."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.match import wants, why_not
from bot.digests.categories import categories_of
from bot.digests.wording import read_words, worded
from bot.match import ALL_MUTED, NO_WORD, UNSUBSCRIBED, Match, match
from storage.model import Digest, FormattedText, Preferences, Selection, Subscriber, SubscriberState
from tests.builders import a_digest, a_subscriber, an_item

DIGEST = a_digest(categories=["AI 资讯", "开源"])
NEWS = a_digest(an_item("Qwen 3"), an_item("A bee", "马斯克"), an_item("Qwen 和马斯克"), categories=["AI"])
BARE = Digest("a.md", "Qwen weekly", None, False, categories_of(["AI"]), (), intro=FormattedText("马斯克"))


def asked(categories: str = "", *, everything: bool = False, follow: str = "", mute: str = "") -> Preferences:
    return Preferences(
        everything,
        categories_of(categories.split(",")),
        followed=tuple(read_words(follow)),
        muted=tuple(read_words(mute)),
    )


def matched(preferences: Preferences, digest: Digest = NEWS) -> Match:
    return match(preferences, digest, [digest], worded(digest))


@pytest.mark.parametrize(
    ("subscriber", "wanted"),
    [
        pytest.param(a_subscriber(), False, id="who asked for nothing"),
        pytest.param(a_subscriber(everything=True), True, id="who asked for everything"),
        pytest.param(a_subscriber(categories=["ai资讯"]), True, id="who spells it otherwise"),
        pytest.param(a_subscriber(categories=["芯片", "开源"]), True, id="one of several"),
        pytest.param(a_subscriber(categories=["芯片"]), False, id="another category"),
    ],
)
def test_who_wants_it(subscriber: Subscriber, *, wanted: bool) -> None:
    assert wants(subscriber.preferences, [DIGEST]) is wanted
    assert (why_not(subscriber, [DIGEST]) is None) is wanted


def test_a_digest_without_categories_is_for_who_wants_everything() -> None:
    assert wants(a_subscriber(everything=True).preferences, [a_digest()])
    assert not wants(a_subscriber(categories=["AI"]).preferences, [a_digest()])


def test_a_category_that_any_translation_names_counts() -> None:
    reader = a_subscriber(categories=["AI News"])

    assert wants(reader.preferences, [DIGEST, a_digest(categories=["AI News"])])
    assert not wants(reader.preferences, [DIGEST, a_digest(categories=["Chips"])])


@pytest.mark.parametrize("state", [SubscriberState.GONE, SubscriberState.PAUSED, SubscriberState.STOPPED])
def test_who_does_not_receive_gets_nothing(state: SubscriberState) -> None:
    assert why_not(a_subscriber(everything=True, state=state), [DIGEST]) == f"the subscriber is {state}"


@pytest.mark.parametrize(
    ("preferences", "items"),
    [
        pytest.param(asked(), (), id="nothing is asked for"),
        pytest.param(asked(everything=True), None, id="everything is all of it"),
        pytest.param(asked("AI"), None, id="a category is all of it"),
        pytest.param(asked("Bees"), (), id="another category is none of it"),
        pytest.param(asked(follow="Qwen"), (0, 2), id="a followed word brings its items alone"),
        pytest.param(asked("Bees", follow="Qwen"), (0, 2), id="from outside one's categories too"),
        pytest.param(asked(follow="Qwen bee"), None, id="words that are in each item bring all"),
        pytest.param(asked("AI", follow="Qwen"), None, id="a followed word takes nothing from a category"),
        pytest.param(asked(follow="wasps"), (), id="a followed word that is not there brings nothing"),
        pytest.param(asked("AI", mute="马斯克"), (0,), id="a muted word hides its items"),
        pytest.param(asked(everything=True, mute="馬斯克"), (0,), id="from everything too"),
        pytest.param(asked("AI", mute="wasps"), None, id="a muted word that is not there hides nothing"),
        pytest.param(asked("AI", mute="Qwen bee"), (), id="nothing is left"),
        pytest.param(asked(follow="Qwen", mute="马斯克"), (0,), id="muting comes before following"),
        pytest.param(asked("AI", follow="Qwen", mute="Qwen"), (1,), id="and before both"),
        pytest.param(asked(mute="马斯克"), (), id="muting alone asks for nothing"),
    ],
)
def test_mute_comes_before_follow_and_follow_before_category(
    preferences: Preferences, items: tuple[int, ...] | None
) -> None:
    found = matched(preferences)

    assert found.items == items
    assert found.is_wanted == (items != ())


@pytest.mark.parametrize(
    ("preferences", "items"),
    [
        (asked("AI"), None),
        (asked(follow="Qwen"), None),
        (asked(follow="Qwen", mute="马斯克"), ()),
        (asked(everything=True, mute="bees"), None),
        (asked(follow="bees"), ()),
    ],
)
def test_a_digest_without_items_comes_whole_or_not_at_all(
    preferences: Preferences, items: tuple[int, ...] | None
) -> None:
    assert matched(preferences, BARE).items == items


def test_a_match_says_what_brought_a_digest_and_what_hid_items() -> None:
    found = matched(asked("AI,Bees", follow="qwen wasps", mute="馬斯克 bees"))

    assert [each.name for each in found.categories] == ["AI"]
    assert [(each.word.shown, each.places) for each in found.followed] == [("qwen", (0, 2))]
    assert [(each.word.shown, each.places) for each in found.muted] == [("馬斯克", (1, 2))]
    assert not found.is_all_muted


def test_a_match_says_whether_muted_words_left_nothing() -> None:
    assert matched(asked("AI", mute="Qwen bee")).is_all_muted
    assert matched(asked(follow="Qwen", mute="Qwen")).is_all_muted
    assert not matched(asked(follow="wasps", mute="Qwen")).is_all_muted
    assert not matched(asked("Bees")).is_all_muted


@pytest.mark.parametrize(
    ("preferences", "reason"),
    [
        (asked("AI", mute="Qwen bee"), ALL_MUTED),
        (asked(follow="Qwen", mute="Qwen"), ALL_MUTED),
        (asked(follow="wasps", mute="Qwen"), NO_WORD),
        (asked(follow="wasps"), NO_WORD),
        (asked("Bees", mute="Qwen"), UNSUBSCRIBED),
    ],
)
def test_the_reason_for_nothing_is_the_true_one(preferences: Preferences, reason: str) -> None:
    found = matched(preferences)
    reader = replace(a_subscriber(), preferences=preferences)

    assert why_not(reader, [NEWS], selection=Selection(found.items, all_muted=found.is_all_muted)) == reason


def test_words_count_in_the_edition_that_is_read_and_categories_in_any() -> None:
    english, chinese = a_digest(an_item("Qwen"), categories=["AI"]), a_digest(an_item("通义"), categories=["人工智能"])

    found = match(asked("AI", follow="Qwen", mute="通义"), chinese, [english, chinese], worded(chinese))

    assert (found.items, found.followed) == ((), ())
    assert [each.name for each in found.categories] == ["AI"]


def test_who_follows_words_may_want_any_digest() -> None:
    assert wants(asked(follow="Qwen"), [DIGEST])
    assert not wants(asked(mute="Qwen"), [DIGEST])


WORDS = st.lists(st.sampled_from("abcd"), max_size=2, unique=True)


@given(st.lists(st.sets(st.sampled_from("abcd")), min_size=1, max_size=4), st.booleans(), WORDS, WORDS)
def test_an_item_is_shown_if_it_is_asked_for_and_not_muted(
    items: list[set[str]],
    everything: bool,  # noqa: FBT001 - hypothesis gives it so
    follow: list[str],
    mute: list[str],
) -> None:
    digest = a_digest(*(an_item(" ".join(words)) for words in items))
    shown = [
        place
        for place, words in enumerate(items)
        if words.isdisjoint(mute) and (everything or not words.isdisjoint(follow))
    ]

    found = matched(asked(everything=everything, follow=" ".join(follow), mute=" ".join(mute)), digest)

    assert found.items == (None if len(shown) == len(items) else tuple(shown))
