"""The process in which digest files are read, started by `apart`: files come in, what they say goes out.

Both are pickled, each with its length before it, and come from nobody but ourselves.
"""

import pickle
import sys
from typing import BinaryIO

from bot.modesty import be_modest
from bot.reading.each import read_each

# Some thirty times the largest digest file; one that takes more is somebody's attack.
_MEMORY = 2 * 1024**3


def main() -> None:
    """Answer until nothing more is asked."""
    be_modest(_MEMORY)
    while length := sys.stdin.buffer.read(8):
        asked = sys.stdin.buffer.read(int.from_bytes(length))
        files, site, now = pickle.loads(asked)  # noqa: S301 - from our own parent
        _put(pickle.dumps(read_each(files, site, now), pickle.HIGHEST_PROTOCOL), sys.stdout.buffer)


def _put(answer: bytes, out: BinaryIO) -> None:
    out.write(len(answer).to_bytes(8) + answer)
    out.flush()


if __name__ == "__main__":
    main()
