"""What files say, one after the other, none of which can keep back the others."""

import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.digests.entry import read_entry
from bot.digests.read import LeftOut, UnreadableDigest, read_digest
from bot.digests.site import Site
from bot.sources.files import DigestFile
from storage.model import Digest
from storage.search_index import cut_beforehand


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that is broken; *fault*: by our own doing, with the traceback."""

    problem: str
    fault: str | None = None


Reading = Digest | LeftOut | Unreadable


def read_each(files: Iterable[DigestFile], site: Site, now: datetime) -> list[Reading]:
    """Read *files* in their order."""
    return [_read(file, site, now) for file in files]


def _read(file: DigestFile, site: Site, now: datetime) -> Reading:
    read = read_entry if file.form == "entry" else read_digest
    try:
        said = read(file.content, file.path, site=site, now=now)
        # Here it is in nobody's way.
        return cut_beforehand(said) if isinstance(said, Digest) else said
    except UnreadableDigest as error:
        return Unreadable(str(error))
    except MemoryError:
        return Unreadable(f"{file.path}: takes too much memory to be read; no digest should, so split or remove it")
    # One file that we read wrongly must not keep back all the others, now and at each look to come.
    except Exception as error:  # noqa: BLE001
        problem = f"{file.path}: digest-bot fails to read it ({type(error).__name__}): please report it with the file"
        return Unreadable(problem, traceback.format_exc())
