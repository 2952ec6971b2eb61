"""What is asked for again, and what never is."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.window import Window


def test_before_anything_came_no_offset_is_known() -> None:
    assert Window().next_offset() is None


def test_an_update_in_progress_is_asked_for_again_and_known_when_it_comes() -> None:
    window = Window()

    first = window.admit([7, 8])
    window.mark_handled(8)
    offset = window.next_offset()
    second = window.admit([7, 8, 9])

    assert (first, offset, second) == ([7, 8], 7, [9])


def test_an_update_handled_while_the_answer_is_under_way_is_still_known() -> None:
    window = Window()
    window.admit([7])
    window.next_offset()

    window.mark_handled(7)
    again = window.admit([7, 8])

    assert again == [8]


def test_when_all_is_handled_the_next_one_is_asked_for() -> None:
    window = Window()
    window.admit([7, 8])
    window.mark_handled(7)
    window.mark_handled(8)

    assert not window.pending
    assert window.next_offset() == 9


def test_ids_that_begin_anew_after_a_week_of_silence_are_new() -> None:
    window = Window()
    window.admit([900])
    window.mark_handled(900)
    window.next_offset()

    new = window.admit([4, 5])
    first = window.next_offset()
    window.mark_handled(4)
    window.mark_handled(5)

    assert (new, first, window.next_offset()) == ([4, 5], 4, 6)


@given(st.lists(st.tuples(st.integers(0, 3), st.randoms(use_true_random=False), st.booleans()), max_size=30))
def test_every_update_is_new_once_and_confirmed_only_when_handled(
    rounds: list[tuple[int, Random, bool]],
) -> None:
    window, last = Window(), 0
    queue: list[int] = []
    handed_out: list[int] = []
    handled: set[int] = set()
    for arriving, chance, answer_is_lost in rounds:
        for _ in range(arriving):
            last += 1
            queue.append(last)
        offset = window.next_offset() or 0
        assert all(update_id in handled for update_id in queue if update_id < offset)
        queue = [update_id for update_id in queue if update_id >= offset]
        in_progress = [update_id for update_id in handed_out if update_id not in handled]
        for update_id in in_progress:
            if chance.random() < 0.5:
                window.mark_handled(update_id)
                handled.add(update_id)
        if not answer_is_lost:
            handed_out += window.admit(queue[:5])

    assert len(handed_out) == len(set(handed_out))
