"""A folder of digest files, as a source."""

import asyncio
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import structlog

from bot.sources.files import LARGEST, SUFFIXES, DigestFile, SourceUnreachable, Stamp, Unopenable, Unsettled

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Folder:
    """The digest files below *root*; hidden ones, and links that lead out of it, are none of ours."""

    root: Path
    local: ClassVar[bool] = True
    forgets: ClassVar[bool] = False

    @property
    def place(self) -> str:
        """Where they are."""
        return str(self.root.absolute())

    async def listing(self) -> dict[str, Stamp]:
        """List in a thread."""
        return await asyncio.to_thread(self.list)

    def list(self) -> dict[str, Stamp]:
        """Give each digest file's stamp by its path; raise SourceUnreachable if the folder cannot be read."""
        # Unlike pathlib's, this one says no where it may not look.
        if not os.path.isdir(self.root):  # noqa: PTH112
            raise SourceUnreachable(f"the folder {self.place} is missing: make it, or correct the source's place")
        root = self.root.resolve()
        return dict(_digest_files(root))

    def read(self, path: str, stamp: Stamp) -> DigestFile:
        """Read the file at *path* if it still has *stamp*; raise Unsettled if not, Unopenable if it cannot be read."""
        if stamp.size > LARGEST:
            raise Unopenable(f"{path}: larger than {LARGEST // 1024 // 1024} MB: no digest is; split or remove it")
        try:
            with (self.root / path).open("rb") as file:
                content = file.read(LARGEST + 1)
                found = os.fstat(file.fileno())
        except FileNotFoundError as error:
            raise Unsettled(path) from error
        except OSError as error:
            raise Unopenable(f"{path}: cannot be read ({error.strerror}); give digest-bot the right to") from error
        if _stamp_of(found) != stamp or len(content) != stamp.size:
            raise Unsettled(path)
        return DigestFile(path, content, stamp)


def _digest_files(root: Path) -> Iterator[tuple[str, Stamp]]:
    def unreadable(error: OSError) -> None:
        raise SourceUnreachable(f"{error.filename} cannot be read ({error.strerror}): give digest-bot the right to")

    for folder, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith(".") or not name.lower().endswith(SUFFIXES):
                continue
            file = Path(folder, name)
            if not _can_be_told(file):
                log.warning("file_name_not_utf8", path=ascii(str(file)), remedy="rename it")
                continue
            stamp = _stamp(file, root)
            if stamp is not None:
                yield file.relative_to(root).as_posix(), stamp


def _can_be_told(file: Path) -> bool:
    # What is no UTF-8 in a name, Python keeps as lone surrogates, which neither the database nor Telegram takes.
    return not any("\ud800" <= character <= "\udfff" for character in str(file))


def _stamp(file: Path, root: Path) -> Stamp | None:
    try:
        if file.is_symlink() and not file.resolve().is_relative_to(root):
            return None
        found = file.stat()
    # Until Python 3.13 a link to itself is a RuntimeError.
    except (OSError, RuntimeError):
        # Gone since it was listed, or a link to nothing.
        return None
    return _stamp_of(found) if stat.S_ISREG(found.st_mode) else None


def _stamp_of(found: os.stat_result) -> Stamp:
    return Stamp(found.st_size, max(found.st_mtime_ns, found.st_ctime_ns))
