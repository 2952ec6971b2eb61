"""What people found in the corpus, written so that none of its text enters the project.

Each line of `labels.jsonl` is one file: what its title, time and categories are, and for each item the line where it
begins and the hashes of its headline and link. They were written by reading the files, before the parser was tuned to
them: `git log` tells. To add a file, write its labels in words and run `python -m tests.corpus.labels FOLDER`, which
hashes every `*.json` in FOLDER.
"""

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

LABELS = Path(__file__).with_name("labels.jsonl")
# Where relative links of the corpus lead to, for want of their sites' addresses.
BASE = "https://site.example"


@dataclass(frozen=True, slots=True)
class Label:
    """One item of a file, as a person found it: *headlines* and *links* are the hashes of each right reading."""

    line: int
    headlines: frozenset[str]
    links: frozenset[str]
    # True: two people would not agree that it is an item, so neither answer is wrong.
    optional: bool


@dataclass(frozen=True, slots=True)
class LabelledFile:
    """One file of the corpus, as a person read it."""

    path: str
    # None: it is a digest.
    left_out: str | None
    title: str
    published_at: datetime | None
    day_only: bool
    categories: frozenset[str]
    items: tuple[Label, ...]


def hash_of(words: str) -> str:
    """Hash *words* folded: letters and digits alone, so that signs, blanks and case make no difference."""
    folded = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", words).casefold()))
    return sha256(folded.encode()).hexdigest()


def link_hash(link: str | None) -> str:
    """Hash a link, however it is escaped and whether it ends in a slash; none is one, too."""
    if link is None:
        return ""
    whole = unquote(urljoin(f"{BASE}/", link.strip())).casefold()
    return sha256(whole.partition("://")[2].rstrip("/").encode()).hexdigest()


def labelled_files() -> Iterator[LabelledFile]:
    """Give every file that was labelled."""
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        written = json.loads(line)
        yield LabelledFile(
            path=written["path"],
            left_out=written.get("left_out"),
            title=written.get("title", ""),
            published_at=datetime.fromisoformat(written["published_at"]) if written.get("published_at") else None,
            day_only=written.get("day_only", False),
            categories=frozenset(written.get("categories", ())),
            items=tuple(
                Label(number, frozenset(headlines), frozenset(links), bool(optional))
                for number, headlines, links, optional in written.get("items", ())
            ),
        )


def _hashed(words: dict[str, Any]) -> dict[str, Any]:
    if "left_out" in words:
        return {"path": words["path"], "left_out": words["left_out"]}
    return {
        "path": words["path"],
        "title": hash_of(words["title"]),
        "published_at": words["published_at"],
        "day_only": words["day_only"],
        "categories": [hash_of(name) for name in words["categories"]],
        "items": [
            [
                item["line"],
                [hash_of(headline or "") for headline in _several(item["headline"])],
                [link_hash(link) for link in _several(item["link"])],
                int(item.get("optional", False)),
            ]
            for item in words["items"]
        ],
    }


def _several(value: str | list[str] | None) -> Iterable[str | None]:
    return value if isinstance(value, list) else [value]


def _main(folder: Path) -> None:
    read = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    hashed = sorted((_hashed(words) for words in read), key=lambda words: str(words["path"]))
    LABELS.write_text("".join(json.dumps(words) + "\n" for words in hashed), encoding="utf-8")
    print(f"{len(hashed)} files, {sum(len(words.get('items', ())) for words in hashed)} items")


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
