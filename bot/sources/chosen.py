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
        GitIgnoreSpec.from_lines([text])
    except (ValueError, re.error) as error:
        raise ValueError(f"{text!r} is no pattern; write it like posts/** or *.draft.md") from error
    return text
