"""Ids of items, newest first is id downwards; and the numbers by which the index knows them.

An id is the hour in which the item was archived, as Unix time shifted left by 20 bits, and a count from 2^19 on; what
older versions stored has the second for the hour, and counts from 0. The index (FTS5) writes for each word how far its
items lie apart, and with such ids that alone was longer than the text. So it knows the first 128 items of an hour by
the number of the hour, shifted left by 7 bits, and the count; all others by their ids.
"""

_HOUR = 3600
_COUNT_BITS = 20
_COUNT = (1 << _COUNT_BITS) - 1
_FIRST_COUNT = 1 << 19
_NUMBER_BITS = 7
# No id is so near to zero, but of the first days of 1970; no short number is so far from it.
SHORT = 1 << 40


def first_id_of(second: int) -> int:
    """Give the least id of items archived in the hour of *second* (Unix time), or after it."""
    return second // _HOUR * _HOUR << _COUNT_BITS


def fresh_ids_of(second: int) -> range:
    """Give the ids for items archived in the hour of *second*, to be used from the first on."""
    return range(first_id_of(second) + _FIRST_COUNT, first_id_of(second + _HOUR))


def is_of(id_: int, second: int) -> bool:
    """Say whether an item archived in *second* can have this id."""
    return id_ >> _COUNT_BITS == second or id_ in fresh_ids_of(second)


def number_of(id_: int) -> int:
    """Give the number by which the index knows the item."""
    count = (id_ & _COUNT) - _FIRST_COUNT
    return first_number_of(id_ >> _COUNT_BITS) + count if 0 <= count < 1 << _NUMBER_BITS else id_


def is_short(number: int) -> bool:
    """Say whether the index knows an item by less than its id."""
    return abs(number) < SHORT


def first_number_of(second: int) -> int:
    """Give the least short number of items archived in the hour of *second*, or after it."""
    return second // _HOUR << _NUMBER_BITS
