"""Which digest files a tree of git holds, from what `git ls-tree` says: pure."""

from dataclasses import dataclass

from bot.sources.files import SUFFIXES, Stamp

# Ordinary files, executable or not; a link may lead anywhere, and a submodule is another repository.
_FILES = (b"100644", b"100755")

# What a folder of Linux could hold; a forged tree has no such bound.
_LONGEST = 4096


class Damaged(Exception):
    """The clone lacks or garbles something that it must hold."""


@dataclass(frozen=True, slots=True)
class Blob:
    """What a file holds, by the name that git gives to it."""

    id: str
    size: int

    @property
    def stamp(self) -> Stamp:
        """What tells it from any other: its size, and as much of its name as the database takes for a number."""
        return Stamp(self.size, int(self.id[:16], 16) >> 1)


@dataclass(frozen=True, slots=True)
class Tree:
    """The digest files of a tree by their paths, and the paths that no text can tell."""

    blobs: dict[str, Blob]
    untold: list[bytes]


def read_tree(listing: bytes) -> Tree:
    """Read the lines of `git ls-tree -r -z -l`, leaving out what is hidden or no digest file; raise Damaged."""
    tree = Tree({}, [])
    for line in listing.split(b"\0")[:-1]:
        about, _, name = line.partition(b"\t")
        mode, _, blob, size = about.split()
        if mode not in _FILES or not name.lower().endswith(_SUFFIXES) or _is_hidden(name) or len(name) > _LONGEST:
            continue
        if not size.isdigit():
            raise Damaged(f"{blob.decode()} is missing")
        try:
            tree.blobs[name.decode()] = Blob(blob.decode(), int(size))
        except UnicodeDecodeError:
            tree.untold.append(name)
    return tree


def _is_hidden(name: bytes) -> bool:
    # Dots and nothings, which only a forged tree has for names, included: no path may lead anywhere else.
    return any(part.startswith(b".") or not part for part in name.split(b"/"))


_SUFFIXES = tuple(suffix.encode() for suffix in SUFFIXES)
