"""A branch of a git repository, as a source: fetched without its history, and read without ever being checked out."""

import asyncio
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import structlog
from filelock import FileLock, Timeout

from bot.sources.files import LARGEST, DigestFile, SourceUnreachable, Stamp, Unopenable, Unsettled
from bot.sources.git_address import GitAddress
from bot.sources.git_blobs import Blobs
from bot.sources.git_problems import explained
from bot.sources.git_program import GitFailed, GitProgram
from bot.sources.git_tree import Blob, Damaged, read_tree

log = structlog.get_logger()

_FETCHING = timedelta(minutes=5)
_LARGEST_PACK = 2 * 1024**3
# Each fetch that brings something adds a pack; with more, those that nothing needs any more are dropped.
_MOST_PACKS = 20
# Where the clone notes what it fetched last.
_TIP = "refs/digests/tip"
# git-lfs.com: what stands in a file's place where its content is kept elsewhere.
_LFS = b"version https://git-lfs.github.com/spec/"


class Git:
    """The digest files at *address*, fetched into the folder *clone*, which is ours alone and may be lost any time.

    There is no work tree: names are told by `git ls-tree` and contents by `git cat-file`, so that no link, submodule,
    hook, filter or name of the repository can lead or write anywhere.
    """

    local: ClassVar[bool] = False
    forgets: ClassVar[bool] = False

    def __init__(
        self, address: GitAddress, clone: Path, *, patience: timedelta = _FETCHING, largest_pack: int = _LARGEST_PACK
    ) -> None:
        # Whole, as git would take a relative one from where it stands.
        self._clone = clone.absolute()
        self._address = address
        self._patience = patience
        self._largest_pack = largest_pack
        self._program = GitProgram(address, self._clone)
        self._contents = Blobs(self._program)
        self._tip: str | None = None
        self._blobs: Mapping[str, Blob] = {}
        self._damaged = False

    @property
    def place(self) -> str:
        """Where they are, without credentials."""
        return self._address.shown

    async def listing(self) -> Mapping[str, Stamp]:
        """Fetch, and give each digest file's stamp by its path; raise SourceUnreachable if that cannot be told.

        A clone that turns out damaged is made anew.
        """
        # Between two looks no process waits for the next.
        await asyncio.to_thread(self._contents.close)
        with self._alone():
            try:
                await self._look()
            except (GitFailed, Damaged) as failure:
                if await self._is_sound():
                    raise SourceUnreachable(explained(str(failure), self._address)) from failure
                log.warning("clone_damaged", place=self.place, reason=str(failure), remedy="cloning it anew")
                await self._look_anew()
        # In a thread: of 29,000 files this would be noticed.
        return await asyncio.to_thread(lambda: {path: blob.stamp for path, blob in self._blobs.items()})

    def read(self, path: str, stamp: Stamp) -> DigestFile:
        """Read the file at *path* if it still has *stamp*; raise Unsettled if not, Unopenable if it cannot be read."""
        if stamp.size > LARGEST:
            raise Unopenable(f"{path}: larger than {LARGEST // 1024 // 1024} MB: no digest is; split or remove it")
        blob = self._blobs.get(path)
        if blob is None or blob.stamp != stamp:
            raise Unsettled(path)
        try:
            content = self._contents.read(blob)
        except Damaged as error:
            self._damaged = True
            raise Unsettled(path) from error
        if content.startswith(_LFS):
            raise Unopenable(f"{path}: kept in Git LFS, which digest-bot does not fetch; keep digests in git itself")
        return DigestFile(path, content, stamp)

    async def _look_anew(self) -> None:
        self._damaged = True
        try:
            await self._look()
        except (GitFailed, Damaged) as failure:
            raise SourceUnreachable(explained(str(failure), self._address)) from failure

    async def _look(self) -> None:
        if self._damaged:
            await asyncio.to_thread(shutil.rmtree, self._clone, ignore_errors=True)
            self._damaged, self._tip = False, None
        self._sweep()
        if not (self._clone / "HEAD").exists():
            await self._program.run("init", "--quiet", "--bare", "--template=", "--object-format=sha1")
        if len(self._packs()) > _MOST_PACKS:
            await self._program.run("repack", "-a", "-d", "-q", "-n", patience=self._patience)
        tip = await self._fetch()
        if tip == self._tip:
            return
        tree = f"{tip}:{self._address.subfolder}"
        listed = await self._program.run("ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", tree)
        found = await asyncio.to_thread(read_tree, listed)
        for name in found.untold:
            log.warning("file_name_not_utf8", path=ascii(name), remedy="rename it")
        self._tip, self._blobs = tip, found.blobs

    async def _fetch(self) -> str:
        packs = self._packs()
        source = f"refs/heads/{self._address.branch}" if self._address.branch else "HEAD"
        options = ("--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", "--update-shallow")
        try:
            await self._program.run(
                *("fetch", *options, "--end-of-options", self._address.url, f"+{source}:{_TIP}"),
                patience=self._patience,
                largest_file=self._largest_pack,
            )
        except GitFailed:
            # Else each further try would leave another.
            for pack in self._packs() - packs:
                for file in pack.parent.glob(f"{pack.stem}.*"):
                    file.unlink(missing_ok=True)
            self._sweep()
            raise
        return (await self._program.run("rev-parse", "--verify", "--quiet", _TIP)).decode().strip()

    def _sweep(self) -> None:
        """Remove what git leaves behind when it is killed; nobody else is at work here."""
        for file in self._clone.rglob("*"):
            if (file.name.endswith((".lock", ".keep")) or file.name.startswith("tmp_")) and not file.is_dir():
                file.unlink(missing_ok=True)

    def _packs(self) -> set[Path]:
        return set(self._clone.glob("objects/pack/*.pack"))

    async def _is_sound(self) -> bool:
        try:
            await self._program.run("fsck", "--connectivity-only", "--no-dangling", "--no-progress")
        except GitFailed:
            return False
        return True

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes out: they would take our fetch for one that was killed."""
        lock = FileLock(f"{self._clone}.lock")
        try:
            self._clone.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire(blocking=False)
        except Timeout:
            raise SourceUnreachable(f"{self.place} is being fetched by another digest-bot: wait, or stop it") from None
        except OSError as error:
            raise SourceUnreachable(
                f"{self._clone.parent} cannot be written ({error.strerror}): let digest-bot, or move the database"
            ) from error
        try:
            yield
        finally:
            lock.release()
