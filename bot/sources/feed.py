"""A feed on the web, as a source: each of its entries is a digest file."""

import hashlib
import re
from collections.abc import Mapping
from typing import ClassVar

import structlog

from bot.sources.apart import NotUnderstood, read_apart
from bot.sources.fetch import Fetched, Known, Limits, fetch, shown
from bot.sources.files import LARGEST, DigestFile, SourceUnreachable, Stamp, Unopenable, Unsettled

log = structlog.get_logger()

_DIGITS = re.compile(r"\d+")


class Feed:
    """The entries of the feed at *url*; those that it names no more are only old.

    What it said last, and what the server calls that, is kept in memory: after a start it is fetched whole once.
    """

    local: ClassVar[bool] = False
    forgets: ClassVar[bool] = True

    def __init__(self, url: str, *, limits: Limits = Limits()) -> None:  # noqa: B008 - it never changes
        self._url = url
        self._limits = limits
        self._known = Known()
        # Of what was read last.
        self._hash = b""
        self._files: dict[str, DigestFile] = {}
        # What was said, to be said once.
        self._told: frozenset[str] = frozenset()
        self._moved_to: str | None = None

    @property
    def place(self) -> str:
        """Where it is, without passwords and tokens."""
        return shown(self._url)

    async def listing(self) -> Mapping[str, Stamp]:
        """Give each entry's stamp by its path, the oldest first; raise SourceUnreachable if that cannot be told."""
        fetched = await fetch(self._url, known=self._known, limits=self._limits)
        if fetched is not None:
            await self._take(fetched)
        return {path: file.stamp for path, file in self._files.items()}

    def read(self, path: str, stamp: Stamp) -> DigestFile:
        """Give the entry at *path* if it still has *stamp*; raise Unsettled if not, Unopenable if it is too large."""
        file = self._files.get(path)
        if file is None or file.stamp != stamp:
            raise Unsettled(path)
        if len(file.content) > LARGEST:
            raise Unopenable(
                f"{path}: larger than {LARGEST // 1024 // 1024} MB: no digest is; tell whoever runs the feed"
            )
        return file

    async def _take(self, fetched: Fetched) -> None:
        digest = hashlib.sha256(fetched.content).digest()
        # Many servers name no version, and send the same all day.
        if digest != self._hash:
            self._files, remarks = await self._understand(fetched)
            self._tell(remarks)
        # Only now: what could not be read is fetched and tried again.
        self._hash, self._known = digest, fetched.known
        if fetched.moved_to is not None and fetched.moved_to != self._moved_to:
            log.warning("feed_moved", place=self.place, remedy=f"put {fetched.moved_to} in its place")
        self._moved_to = fetched.moved_to

    async def _understand(self, fetched: Fetched) -> tuple[dict[str, DigestFile], tuple[str, ...]]:
        try:
            return await read_apart(
                fetched.content, charset=fetched.charset, url=fetched.url, within=self._limits.understanding
            )
        except NotUnderstood as error:
            raise SourceUnreachable(f"{self.place} {error}") from error

    def _tell(self, remarks: tuple[str, ...]) -> None:
        """Log what was not said of the version before; that a number in it is another is no news."""
        kinds = {_DIGITS.sub("", remark): remark for remark in remarks}
        for kind in kinds.keys() - self._told:
            log.warning("feed_has_a_problem", place=self.place, problem=kinds[kind])
        self._told = frozenset(kinds)
