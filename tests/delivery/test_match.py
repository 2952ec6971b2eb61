"""Whether a subscriber is to get a digest."""

import pytest

from bot.delivery.match import wants, why_not
from storage.model import Subscriber, SubscriberState
from tests.builders import a_digest, a_subscriber

DIGEST = a_digest(categories=["AI 资讯", "开源"])


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
