"""The process in which a feed is read, started by `apart`: a feed comes in, a line for each digest file goes out."""

import json
import sys

from bot.modesty import be_modest
from bot.sources.entries import read_feed
from bot.sources.no_feed import NoFeed

# The largest feed takes half of it.
_MEMORY = 1024**3


def main() -> None:
    """Read a feed from the standard input, below a line that says where it is from."""
    be_modest(_MEMORY)
    asked = json.loads(sys.stdin.buffer.readline())
    try:
        reading = read_feed(sys.stdin.buffer.read(), charset=asked["charset"], url=asked["url"])
    except NoFeed as problem:
        _put({"problem": str(problem)})
    except MemoryError:
        _put({"problem": "takes too much memory to be read; no feed should, so tell whoever runs it"})
    # feedparser stumbles over what nobody thought of.
    except Exception as error:  # noqa: BLE001
        _put({"problem": f"cannot be read ({type(error).__name__}); please report it with the feed"})
    else:
        _put({"remarks": reading.remarks})
        for file in reading.files.values():
            _put([file.path, file.stamp.size, file.stamp.version, file.content.decode()])


def _put(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
