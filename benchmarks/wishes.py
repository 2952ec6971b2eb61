"""Let one in three subscribers of a benchmark ask for more than categories: words, quiet hours, stories told once."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.digests.wording import read_words

# Of some the digests have a few, of most none, as with readers.
_FOLLOWED = [*read_words("Gull 向量数据库 智能体 Lark"), *read_words(" ".join(f"followed{n}" for n in range(40)))]
_MUTED = [*read_words("监管机构 加速卡 语音合成 词元"), *read_words(" ".join(f"muted{n}" for n in range(40)))]
_INSERT = "INSERT INTO words (subscriber_id, kind, folded, shown) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_QUIET = timedelta(hours=1)


def wish(path: Path, *, told: int | None = None) -> None:
    """Give every third subscriber of the database a followed word, a muted one, and quiet hours that are not now.

    To every sixth the digest *told* has been sent already.
    """
    quiet = datetime.now(UTC) + 3 * _QUIET
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        ids = [id_ for (id_,) in connection.execute("SELECT id FROM subscribers WHERE id % 3 = 0")]
        for kind, words in (("follow", _FOLLOWED), ("mute", _MUTED)):
            rows = ((id_, kind, word.folded, word.shown) for id_ in ids for word in [words[id_ // 3 % len(words)]])
            connection.executemany(_INSERT, rows)
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
