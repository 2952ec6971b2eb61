"""How the commands find and read digest files that are named to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.cli.problems import UsageProblem
from bot.digests.site import Site
from bot.settings import Settings
from bot.source_settings import SourceSettings
from bot.sources.folder import Folder


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file as it was named, and the path that its source knows it by."""

    named: Path
    path: str
    # Of the source that it is in, else what the settings say of any.
    site: Site
    # The name of that source; None: it is in none.
    source: str | None
    # False: only the folder was named that it is in.
    explicit: bool


def named_files(paths: list[Path], settings: Settings) -> Iterator[NamedFile]:
    """Give each of *paths*, and of a folder each digest file in it; whether a file is there, `content_of` says."""
    for named in paths:
        if named.is_dir():
            for path in Folder(named).list():
                yield _named_file(named / path, settings, path, explicit=False)
        else:
            yield _named_file(named, settings, named.name, explicit=True)


def content_of(file: NamedFile) -> bytes:
    """Read the file's bytes; raise UsageProblem if that cannot be."""
    try:
        return file.named.read_bytes()
    except OSError as error:
        raise UsageProblem(
            f"{file.named}: cannot be read ({error.strerror}); correct the path or its rights"
        ) from error


def source_around(file: Path, settings: Settings) -> tuple[SourceSettings, str] | None:
    """Give the source whose folder *file* is in, and its path there."""
    whole = file.resolve()
    for source in settings.sources:
        if isinstance(source.place, Path) and whole.is_relative_to(source.place.resolve()):
            return source, whole.relative_to(source.place.resolve()).as_posix()
    return None


def _named_file(named: Path, settings: Settings, path: str, *, explicit: bool) -> NamedFile:
    found = source_around(named, settings)
    if found is None:
        return NamedFile(named, path, settings.site, None, explicit)
    return NamedFile(named, found[1], found[0].site, found[0].name, explicit)
