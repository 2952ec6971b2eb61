"""What every source offers, whatever it is: its digest files, listed and read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol

SUFFIXES = (".md", ".markdown", ".mdx")
# Ten times the largest digest ever seen; more is somebody's mistake, and parsing it would hold everyone up.
LARGEST = 10 * 1024 * 1024

# How the content of a digest file is written: Markdown with front matter, or the entry of a feed as JSON.
Form = Literal["markdown", "entry"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells, without reading it, that a file is another than before."""

    size: int
    # Of a file in a folder, when it was written to in nanoseconds; of any other, 63 bits of the hash of what it holds.
    version: int


@dataclass(frozen=True, slots=True)
class DigestFile:
    """One file of a source, as bytes with a path."""

    path: str
    content: bytes
    stamp: Stamp
    form: Form = "markdown"


class SourceUnreachable(Exception):
    """The source could not be looked at; the message names it and the remedy.

    *retry_after* is how long whoever answers for it asks to be left alone.
    """

    def __init__(self, message: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unsettled(Exception):
    """The file changed or went away while it was read: the next look takes it whole."""


class Unopenable(Exception):
    """The file cannot be read whatever it holds: it is larger than any digest, or not ours to read."""


class DigestFiles(Protocol):
    """The digest files of one source."""

    @property
    def place(self) -> str:
        """Where they are, for people to read: without passwords."""

    @property
    def local(self) -> bool:
        """Whether they are files of this machine: cheap to look at, and perhaps not wholly written yet."""

    @property
    def forgets(self) -> bool:
        """Whether a file that is listed no more may only be old, and not gone."""

    async def listing(self) -> Mapping[str, Stamp]:
        """Give each digest file's stamp by its path; raise SourceUnreachable if that cannot be told."""

    def read(self, path: str, stamp: Stamp) -> DigestFile:
        """Read the file at *path* if it still has *stamp*; raise Unsettled if not, Unopenable if it cannot be read.

        May block, so it is called in a thread.
        """
