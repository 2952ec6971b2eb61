"""Which files of a source are digests, by the patterns of those who know `.gitignore`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pathspec import GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class Chosen:
    """The paths that one of *include* matches (none: all do) and none of *exclude*; the later pattern wins."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def of(self, paths: Iterable[str]) -> set[str]:
        """Give those of *paths* that are chosen."""
        taken = set(paths)
        if self.include:
            taken = set(GitIgnoreSpec.from_lines(self.include).match_files(taken))
        if self.exclude:
            taken -= set(GitIgnoreSpec.from_lines(self.exclude).match_files(taken))
        return taken


EVERY_FILE = Chosen()


def pattern(text: str) -> str:
    """Read one pattern; raise ValueError with the remedy if it is none."""
    try:
        # A blank line and a comment include nothing, and exclude nothing.
        usable = any(read.include is not None for read in GitIgnoreSpec.from_lines([text]).patterns)
    except (ValueError, re.error):
        usable = False
    if not usable:
        raise ValueError(f"{text!r} is no pattern; write it like posts/** or *.draft.md")
    return text
