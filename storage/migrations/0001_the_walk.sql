-- Times are Unix milliseconds in UTC. A null always means what the comment beside it says.

CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    -- Null: the first look is not complete, and all that is seen is baseline.
    first_look_completed_at INTEGER,
    -- Null: never looked at.
    last_look_at INTEGER,
    -- Null: the last look went well.
    problem TEXT
) STRICT;

CREATE TABLE digests (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    path TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    title TEXT NOT NULL,
    -- Null: the digest does not say when.
    published_at INTEGER,
    -- Minutes east of UTC in which that was told. Null: with it.
    utc_offset INTEGER,
    day_only INTEGER NOT NULL CHECK (day_only IN (0, 1)),
    -- Null: none is known.
    permalink TEXT,
    -- Null: the digest does not say.
    language TEXT,
    first_seen_at INTEGER NOT NULL,
    -- Its place in the archive: its own time, else when it was first seen.
    archived_at INTEGER NOT NULL,
    -- Null: its file is still there.
    vanished_at INTEGER,
    -- Why it was stored and not sent although it was new. Null: it was sent, or belongs to the baseline.
    not_sent TEXT,
    UNIQUE (source_id, path)
) STRICT;
CREATE INDEX digests_by_time ON digests (archived_at, id);
CREATE INDEX digests_not_sent ON digests (first_seen_at) WHERE not_sent IS NOT NULL;

CREATE TABLE categories (
    id INTEGER PRIMARY KEY,
    folded TEXT NOT NULL UNIQUE,
    -- As first seen.
    name TEXT NOT NULL
) STRICT;

CREATE TABLE digest_categories (
    digest_id INTEGER NOT NULL REFERENCES digests (id) ON DELETE CASCADE,
    category_id INTEGER NOT NULL REFERENCES categories (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (digest_id, category_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX digests_by_category ON digest_categories (category_id, digest_id);

-- The id is the archive time in seconds, shifted left by 20 bits, and a count: newest first is id downwards.
CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    digest_id INTEGER NOT NULL REFERENCES digests (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    first_revision INTEGER NOT NULL,
    -- Null: it stands in the digest's present revision.
    last_revision INTEGER,
    headline TEXT NOT NULL,
    -- A JSON array for each entity; empty: plain text.
    headline_entities TEXT NOT NULL DEFAULT '',
    -- Null: no link.
    link TEXT,
    summary TEXT NOT NULL DEFAULT '',
    summary_entities TEXT NOT NULL DEFAULT '',
    -- Null: outside any section.
    section TEXT,
    -- Null: the source prints no number.
    number INTEGER,
    line INTEGER NOT NULL
) STRICT;
CREATE INDEX items_by_digest ON items (digest_id, position);

CREATE VIRTUAL TABLE item_index USING fts5 (
    headline, summary, labels, content = '', tokenize = 'unicode61 remove_diacritics 2'
);

-- What each digest file was when last looked at.
CREATE TABLE files (
    source_id INTEGER NOT NULL REFERENCES sources (id),
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    hash BLOB NOT NULL,
    -- Null: it holds no digest (left out, or unreadable).
    digest_id INTEGER REFERENCES digests (id),
    -- Null: it could be read.
    problem TEXT,
    PRIMARY KEY (source_id, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX files_with_problems ON files (source_id, path) WHERE problem IS NOT NULL;

CREATE TABLE subscribers (
    id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL,
    -- 0: no topic.
    topic_id INTEGER NOT NULL DEFAULT 0,
    type TEXT NOT NULL CHECK (type IN ('private', 'group', 'supergroup', 'channel')),
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'gone', 'stopped')),
    -- Null: active, or of its own will.
    state_reason TEXT,
    everything INTEGER NOT NULL DEFAULT 0 CHECK (everything IN (0, 1)),
    layout TEXT NOT NULL DEFAULT 'full' CHECK (layout IN ('full', 'headlines')),
    -- A BCP 47 tag. Null: not known.
    language TEXT,
    created_at INTEGER NOT NULL,
    UNIQUE (chat_id, topic_id)
) STRICT;

CREATE TABLE subscriptions (
    subscriber_id INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    category_id INTEGER NOT NULL REFERENCES categories (id),
    PRIMARY KEY (subscriber_id, category_id)
) STRICT, WITHOUT ROWID;

-- A digest that is still being owed: the row goes when every subscriber was asked for.
CREATE TABLE fan_outs (
    digest_id INTEGER PRIMARY KEY REFERENCES digests (id) ON DELETE CASCADE,
    due_at INTEGER NOT NULL,
    -- The cursor: subscribers up to this id have their delivery.
    subscriber_id INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('digest', 'edit', 'roundup', 'announcement')),
    digest_id INTEGER NOT NULL REFERENCES digests (id) ON DELETE CASCADE,
    subscriber_id INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'skipped')),
    -- When it was owed; how late it is counts from here.
    due_at INTEGER NOT NULL,
    -- When it is tried next: at that time, or some time after a try that failed.
    try_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- How often it was left in doubt: asked of Telegram, and no answer recorded.
    doubts INTEGER NOT NULL DEFAULT 0,
    parts_sent INTEGER NOT NULL DEFAULT 0,
    -- What it is made of, from its first part on. Null: nothing was sent yet.
    revision INTEGER,
    layout TEXT,
    language TEXT,
    -- Why it waits, failed or was skipped. Null: nothing to say.
    reason TEXT,
    -- Null: not finished.
    finished_at INTEGER,
    UNIQUE (digest_id, subscriber_id, kind),
    CHECK ((finished_at IS NULL) = (state IN ('waiting', 'sending')))
) STRICT;
CREATE INDEX deliveries_waiting ON deliveries (try_at, id) WHERE state = 'waiting';
CREATE INDEX deliveries_begun ON deliveries (subscriber_id) WHERE state = 'waiting' AND parts_sent > 0;
CREATE INDEX deliveries_sending ON deliveries (id) WHERE state = 'sending';

-- The messages that carry a delivery, one for each part that Telegram accepted.
CREATE TABLE messages (
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    PRIMARY KEY (delivery_id, part)
) STRICT, WITHOUT ROWID;

-- When each worker last showed that it lives.
CREATE TABLE heartbeats (
    worker TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A subscriber as the code reads it; named so that it can stand beside a delivery.
CREATE VIEW whole_subscribers AS
SELECT subscribers.id AS subscriber_id, chat_id, topic_id, type, subscribers.state AS subscriber_state, everything,
       subscribers.layout AS subscriber_layout, subscribers.language AS subscriber_language,
       (SELECT json_group_array(json_array(folded, name))
          FROM (SELECT folded, name FROM subscriptions JOIN categories ON categories.id = category_id
                 WHERE subscriptions.subscriber_id = subscribers.id ORDER BY folded)) AS chosen
  FROM subscribers;
