"""Let one in three subscribers of a benchmark ask for more than categories: words, quiet hours, stories told once."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.digests.wording import read_words

# What the digests have, and what none of them has, as with most words of readers.
_HAD = {"follow": read_words("Gull 向量数据库 智能体 Lark"), "mute": read_words("监管机构 加速卡 语音合成 词元")}
_NOT_HAD = {kind: read_words(" ".join(f"{kind}{n}" for n in range(40))) for kind in _HAD}
_INSERT = "INSERT INTO words (subscriber_id, kind, folded, shown) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_QUIET = timedelta(hours=1)


def wish(path: Path, *, told: int | None = None, readers: int | None = None) -> None:
    """Give every third subscriber of the database a followed word, a muted one, and quiet hours that are not now.

    To every sixth the digest *told* has been sent already. None but the first *readers* (None: all) follow or mute
    what digests have: to whom nothing else is sent, a word brings nothing either.
    """
    quiet = datetime.now(UTC) + 3 * _QUIET
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        ids = [id_ for (id_,) in connection.execute("SELECT id FROM subscribers WHERE id % 3 = 0")]
        for kind in _HAD:
            connection.executemany(_INSERT, _wished(kind, ids, readers=readers))
        connection.execute(
            "UPDATE subscribers SET time_zone = 'UTC', quiet_from = ?, quiet_until = ? WHERE id % 3 = 0",
            (quiet.hour * 60, (quiet + _QUIET).hour * 60),
        )
        connection.execute(
            "INSERT INTO deliveries (kind, digest_id, subscriber_id, state, due_at, try_at, parts_sent, revision,"
            " layout, language, finished_at)"
            " SELECT 'digest', ?, id, 'sent', 0, 0, 1, 1, 'full', 'zh-Hans', 0 FROM subscribers"
            " WHERE id % 6 = 0 AND ? IS NOT NULL",
            (told, told),
        )
        connection.execute("COMMIT")


def _wished(kind: str, ids: Sequence[int], *, readers: int | None) -> Iterator[tuple[int, str, str, str]]:
    """Give each of the subscribers a word of *kind*, as a row."""
    for id_ in ids:
        words = (*_HAD[kind], *_NOT_HAD[kind]) if readers is None or id_ <= readers else _NOT_HAD[kind]
        word = words[id_ // 3 % len(words)]
        yield id_, kind, word.folded, word.shown
