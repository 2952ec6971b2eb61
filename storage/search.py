"""Full-text search over items (FTS5), Chinese, Japanese and Korean included.

FTS5's tokenizer takes a run of CJK characters for one word. So every such run is cut into overlapping pairs before it
is indexed (`开源模型` -> `开源 源模 模型 型`), and a CJK word is searched as the phrase of its pairs; a single
character is a prefix, which the last one of a run, standing alone, has too. Letters and digits are parted
(`Qwen3` -> `Qwen 3`), so that a name is found with and without its number.

The index holds no text of its own: to change an entry it must be handed the old text
(sqlite.org/fts5.html#contentless).
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from urllib.parse import urlsplit

from storage.database import Transaction
from storage.model import Digest, Hit, Item
from storage.rows import first_id_of, read_hit
from storage.time import to_millis

# Han with its radicals and iteration marks, kana with the long-vowel mark, bopomofo, Hangul.
_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# The same in words: of a run of CJK each pair, and its last character alone.
_WORD = re.compile(rf"(?=([{_CJK}]{{1,2}}))[{_CJK}]|(\d+|[^\W\d_{_CJK}]+)")
_RUN = re.compile(rf"(?P<cjk>[{_CJK}]+)|(?P<digits>\d+)|(?P<letters>[^\W\d_{_CJK}]+)")


async def add(tx: Transaction, digest: Digest, ids: Sequence[int]) -> None:
    """Let the items of *digest* be found, which have these *ids* in order."""
    await tx.run_many(
        "INSERT INTO item_index (rowid, headline, summary, labels) VALUES (:id, :headline, :summary, :labels)",
        index_rows(digest, ids),
    )


async def remove(tx: Transaction, digest: Digest, ids: Sequence[int]) -> None:
    """Let them be found no more; *digest* and *ids* must be as they were added."""
    await tx.run_many(
        """
        INSERT INTO item_index (item_index, rowid, headline, summary, labels)
        VALUES ('delete', :id, :headline, :summary, :labels)
        """,
        index_rows(digest, ids),
    )


async def find(tx: Transaction, words: str, *, now: datetime, limit: int, offset: int = 0) -> list[Hit]:
    """Give the newest items that carry all of *words* and whose time has come; none for words without a letter."""
    query = match_expression(words)
    if query is None:
        return []
    rows = await tx.rows(
        """
        SELECT items.*, digests.title, digests.permalink, digests.archived_at, digests.utc_offset
          FROM (SELECT rowid FROM item_index WHERE item_index MATCH :query AND rowid < :future
                 ORDER BY rowid DESC LIMIT :limit OFFSET :offset) AS hits
          JOIN items ON items.id = hits.rowid
          JOIN digests ON digests.id = items.digest_id
         ORDER BY items.id DESC
        """,
        {"query": query, "future": first_id_of(to_millis(now) // 1000 + 1), "limit": limit, "offset": offset},
    )
    return [read_hit(row) for row in rows]


def match_expression(words: str) -> str | None:
    """Write *words* as an FTS5 query for items that have all of them; None when they hold no letter and no digit."""
    phrases = [phrase for word in words.split() for phrase in _phrases(word)]
    return "{headline summary} : (" + " AND ".join(phrases) + ")" if phrases else None


def cut(text: str) -> str:
    """Cut *text* into the words that the index holds, parted by blanks."""
    return " ".join([pair or word for pair, word in _WORD.findall(_folded(text))])


def category_label(folded: str) -> str:
    """Give the index's one word for a category known by its *folded* name."""
    return "c" + folded.encode().hex()


def index_rows(digest: Digest, ids: Sequence[int]) -> list[dict[str, str | int]]:
    """Write the items of *digest*, which have these *ids* in order, as the index holds them."""
    of_digest = [category_label(category.folded) for category in digest.categories]
    if digest.language is not None:
        of_digest.append("l" + digest.language.encode().hex())
    return [
        {
            "id": id_,
            "headline": cut(item.headline.text),
            "summary": cut(item.summary.text),
            "labels": " ".join([*of_digest, *_host_labels(item)]),
        }
        for id_, item in zip(ids, digest.items, strict=True)
    ]


def _host_labels(item: Item) -> list[str]:
    try:
        host = urlsplit(item.link).hostname if item.link else None
    # Telegram opens hosts that Python does not take apart (`℀`, which NFKC makes `a/c`).
    except ValueError:
        host = None
    return ["h" + host.encode().hex()] if host else []


def _folded(text: str) -> str:
    # FTS5 folds case by itself; full-width and half-width forms it does not.
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _words(run: re.Match[str]) -> list[str]:
    characters = run[0]
    if run["cjk"] is None:
        return [characters]
    return [first + second for first, second in pairwise(characters)] + [characters[-1]]


def _phrases(word: str) -> list[str]:
    """Write what must stand together: letters and digits in one phrase, each CJK run in one of its own."""
    phrases: list[str] = []
    beside: list[str] = []
    for run in _RUN.finditer(_folded(word)):
        if run["cjk"] is None:
            beside.append(run[0])
            continue
        phrases += _phrase(beside)
        beside = []
        # A run in the index goes on after the word's last character, so only the pairs count.
        phrases += _phrase(_words(run)[:-1]) if len(run[0]) > 1 else [f'"{run[0]}" *']
    return phrases + _phrase(beside)


def _phrase(words: list[str]) -> list[str]:
    return ['"' + " ".join(words) + '"'] if words else []
