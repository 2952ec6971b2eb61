"""What is new, changed, moved or gone in a source since it was last read: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sources.files import Stamp
from storage.sources import SeenFile, Source

# A file that was written to within this time may not be whole yet.
SETTLING = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a look found: paths to read with their stamps, and paths that are no more."""

    changed: Mapping[str, Stamp]
    gone: tuple[str, ...]


def changes(found: Mapping[str, Stamp], seen: Mapping[str, SeenFile]) -> Changes:
    """Compare what was *found* with what was *seen*."""
    return Changes(
        changed={path: stamp for path, stamp in found.items() if _differs(seen.get(path), stamp)},
        gone=tuple(path for path in seen if path not in found),
    )


def read_otherwise(source: Source, options: str) -> bool:
    """Say whether what was seen of *source* was read with other options, and so may say something else with these.

    Of a baseline that is complete and knows none they are believed to be the same.
    """
    return source.options != options and (source.options is not None or not source.first_look_complete)


def half_empty(*, gone: int, seen: int) -> bool:
    """Say whether so much is gone, and nowhere else either, that the source itself must be at fault."""
    return gone * 2 > seen


def unsettled(found: Mapping[str, Stamp], *, now: datetime) -> set[str]:
    """Name the files that were written to so lately, or by so wrong a clock, that they may not be whole."""
    latest = (now - SETTLING).timestamp() * 1e9
    return {path for path, stamp in found.items() if stamp.version > latest}


def _differs(seen: SeenFile | None, stamp: Stamp) -> bool:
    return seen is None or Stamp(seen.size, seen.version) != stamp
