import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.taps import (
    Close,
    Leave,
    ShowLatest,
    ShowLeftOut,
    ShowRest,
    ShowRestOfRoundup,
    ShowRestOfSelected,
    TakeInstead,
    Tap,
    Toggle,
    Why,
    read,
    write,
)

LARGEST = 10**18 - 1


@pytest.mark.parametrize(
    "tap",
    [
        Toggle(7, on=True, page=2),
        Close(),
        ShowLatest(0),
        TakeInstead(LARGEST, LARGEST),
        Toggle(LARGEST, on=True, page=LARGEST),
        ShowRest(10**9, 10**4, 10, piece=10**5, offset=10**6, parts=10**4),
        ShowRestOfSelected(10**9, 10**4, 10, piece=10**5, offset=10**6, parts=10**4),
        ShowLeftOut(10**9, 10**4, 10, piece=10**5, offset=10**6, parts=10**4),
        ShowRestOfRoundup(10**9, 10**4, 10, piece=10**5, offset=10**6, parts=10**4),
        Why(10**18 - 1),
    ],
)
def test_a_tap_comes_back_as_it_was_written(tap: Tap) -> None:
    assert read(write(tap)) == tap
    assert 1 <= len(write(tap).encode()) <= 64


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "1",
        "1:",
        "0:close",
        "2:close",
        "1:close:",
        "1:close:1",
        "1:fire",
        "1:leave",
        "1:leave:",
        "1:leave:-1",
        "1:leave:１",
        "1:leave:²",
        "1:leave:1.5",
        "1:leave: 1",
        "1:leave:1:2",
        f"1:leave:{LARGEST}0",
        "1:toggle:1:1",
        "everything:1",
    ],
)
def test_data_that_we_never_wrote_are_no_tap(data: str) -> None:
    assert read(data) is None


@given(st.text(max_size=64))
def test_any_data_are_a_tap_or_none(data: str) -> None:
    tap = read(data)

    assert tap is None or tap == read(write(tap))


def test_a_number_with_zeros_before_it_is_that_number() -> None:
    assert read("1:leave:007") == Leave(7)
