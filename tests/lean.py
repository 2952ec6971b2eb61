"""Of many examples that are much alike, a few by default and all where there is time."""

from collections.abc import Iterable
from typing import Any

import pytest


def lean(examples: Iterable[Any], *, most: int = 3) -> list[Any]:
    """Mark the examples of a parametrized test after the first few as `long`; a tuple is of several arguments."""
    values = [example if isinstance(example, tuple) else (example,) for example in examples]
    return [
        pytest.param(*each, marks=[pytest.mark.long] if number >= most else []) for number, each in enumerate(values)
    ]
