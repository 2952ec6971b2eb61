"""How the commands find and read digest files that are named to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.cli.problems import UsageProblem
from bot.digests.site import Site
from bot.settings import Settings
from bot.sources.folder import Folder


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file as it was named, and the path that its source knows it by."""

    named: Path
    path: str
    # False: only the folder was named that it is in.
    explicit: bool


def site_of(settings: Settings) -> Site:
    """Say of the site what the settings say."""
    return Site(base_url=settings.base_url, zone=settings.timezone)


def named_files(paths: list[Path], settings: Settings) -> Iterator[NamedFile]:
    """Give each of *paths*, and of a folder each digest file in it; whether a file is there, `content_of` says."""
    for named in paths:
        if named.is_dir():
            for path in Folder(named).list():
                yield NamedFile(named / path, _path_in_source(named / path, settings) or path, explicit=False)
        else:
            yield NamedFile(named, _path_in_source(named, settings) or named.name, explicit=True)


def content_of(file: NamedFile) -> bytes:
    """Read the file's bytes; raise UsageProblem if that cannot be."""
    try:
        return file.named.read_bytes()
    except OSError as error:
        raise UsageProblem(
            f"{file.named}: cannot be read ({error.strerror}); correct the path or its rights"
        ) from error


def _path_in_source(file: Path, settings: Settings) -> str | None:
    if settings.source is None:
        return None
    source, whole = settings.source.resolve(), file.resolve()
    return whole.relative_to(source).as_posix() if whole.is_relative_to(source) else None
