"""From a source's place to its digest files."""

from pathlib import Path

from bot.sources.feed import Feed
from bot.sources.files import DigestFiles
from bot.sources.folder import Folder
from bot.sources.git import Git
from bot.sources.git_address import GitAddress
from bot.sources.places import FeedAddress, Place


def open_files(name: str, place: Place, *, beside: Path) -> DigestFiles:
    """Give the digest files of the source called *name*; what must be kept of them is kept *beside* the database."""
    match place:
        case Path():
            return Folder(place)
        case GitAddress():
            return Git(place, beside / "sources" / f"{name}.git")
        case FeedAddress(url):
            return Feed(url)
