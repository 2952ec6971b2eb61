"""What can be wrong with a digest file, as its writer should hear it."""

from dataclasses import dataclass
from typing import Literal

DATE_REMEDY = "write it as 2025-07-22 or 2025-07-22T04:00:34+08:00"

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Remark:
    """What a writer should know of a *line* of a digest file: what is there, and what to do.

    An *error* keeps the digest back, a *warning* costs its readers something, a *note* only explains.
    """

    line: int
    level: Level
    message: str


class UnreadableDigest(Exception):
    """A digest file that cannot be read: where, why, and what to do about it."""

    def __init__(self, path: str, line: int, problem: str, remedy: str) -> None:
        super().__init__(f"{path}:{line}: {problem}; {remedy}")
        self.path = path
        self.line = line
        self.problem = problem
        self.remedy = remedy


class BrokenMetadata(Exception):
    """Front matter that cannot be read; *line* counts from 1 inside it."""

    def __init__(self, line: int, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem
        self.remedy = remedy
