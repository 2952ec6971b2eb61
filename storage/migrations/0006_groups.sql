-- Groups, supergroups and channels that the bot is or was in.
CREATE TABLE chats (
    chat_id INTEGER PRIMARY KEY,
    type TEXT NOT NULL CHECK (type IN ('group', 'supergroup', 'channel')),
    -- Empty: not known.
    title TEXT NOT NULL DEFAULT '',
    is_forum INTEGER NOT NULL DEFAULT 0 CHECK (is_forum IN (0, 1)),
    -- Of a channel the group that its posts are forwarded to, and the other way round. Null: none that is known.
    linked_chat_id INTEGER,
    -- The person who last brought the bot there. Null: not known.
    added_by INTEGER,
    -- Who is answered there: everyone, or only administrators.
    readers TEXT NOT NULL DEFAULT 'everyone' CHECK (readers IN ('everyone', 'administrators')),
    -- After how many minutes the bot's answers there are removed; 0: they stay.
    tidy_minutes INTEGER NOT NULL DEFAULT 0 CHECK (tidy_minutes BETWEEN 0 AND 2880)
) STRICT;
CREATE INDEX chats_linked ON chats (linked_chat_id) WHERE linked_chat_id IS NOT NULL;

-- Topics of forums, as far as the bot has heard of them.
CREATE TABLE topics (
    chat_id INTEGER NOT NULL,
    topic_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)),
    PRIMARY KEY (chat_id, topic_id)
) STRICT, WITHOUT ROWID;

-- People who set up a chat, or changed what it gets: `/channels` lists it to them, if Telegram still says they may.
CREATE TABLE managers (
    user_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (user_id, chat_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX managers_by_chat ON managers (chat_id);

-- Who changed what a group, topic or channel gets.
CREATE TABLE changes (
    id INTEGER PRIMARY KEY,
    subscriber_id INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    -- Null: an anonymous administrator, or somebody who is forgotten.
    user_id INTEGER,
    at INTEGER NOT NULL,
    -- A JSON array of names of preferences.
    what TEXT NOT NULL
) STRICT;
CREATE INDEX changes_by_subscriber ON changes (subscriber_id, at);

-- Messages of the bot's that are to be removed.
CREATE TABLE litter (
    chat_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    remove_at INTEGER NOT NULL,
    PRIMARY KEY (chat_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX litter_by_time ON litter (remove_at);

-- What stands under a channel's or group's digests: a footer, a name it signs with, and a JSON array of a label and an
-- address for each button. Empty: nothing.
ALTER TABLE subscribers ADD COLUMN footer TEXT NOT NULL DEFAULT '';
ALTER TABLE subscribers ADD COLUMN footer_entities TEXT NOT NULL DEFAULT '';
ALTER TABLE subscribers ADD COLUMN signature TEXT NOT NULL DEFAULT '';
ALTER TABLE subscribers ADD COLUMN button_line TEXT NOT NULL DEFAULT '';

-- People whom operators let in where the bot is not for everybody, and the links that let people in.
CREATE TABLE invites (
    code TEXT PRIMARY KEY,
    made_by INTEGER,
    made_at INTEGER NOT NULL,
    -- Null: it has no end.
    ends_at INTEGER,
    -- How many people it still lets in. Null: any number.
    left_over INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE guests (
    user_id INTEGER PRIMARY KEY,
    -- Null: an operator let them in by hand, or the link is gone.
    code TEXT REFERENCES invites (code) ON DELETE SET NULL,
    since INTEGER NOT NULL
) STRICT;

-- What operators tell everybody, or some.
CREATE TABLE announcements (
    id INTEGER PRIMARY KEY,
    -- Null: somebody who is forgotten.
    made_by INTEGER,
    made_at INTEGER NOT NULL,
    -- `draft`: shown to who wrote it; `fanning out`: being owed; `paused`; `done`: all are owed it; `cancelled`.
    state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'fanning out', 'paused', 'done', 'cancelled')),
    -- How the Bot API sends it: text, or a picture or file by the id that Telegram gave it, with a caption.
    method TEXT NOT NULL CHECK (method IN ('sendMessage', 'sendPhoto', 'sendDocument')),
    file_id TEXT,
    text TEXT NOT NULL,
    -- As the Bot API gave them: a JSON array of entities, and one of rows of buttons.
    entities TEXT NOT NULL DEFAULT '[]',
    buttons TEXT NOT NULL DEFAULT '[]',
    -- Whom it is for, as a JSON object: `languages`, `types`, `categories`; what is left out leaves nobody out.
    audience TEXT NOT NULL DEFAULT '{}',
    -- Subscribers up to this id are owed it.
    cursor INTEGER NOT NULL DEFAULT 0,
    started_at INTEGER,
    ended_at INTEGER,
    -- The message to the operator that shows how far it is. Null: none.
    report_message_id INTEGER
) STRICT;

-- Deliveries may be of an announcement now, and no id is ever used again: what is in flight for a row that was deleted
-- must not be written to another.
CREATE TABLE deliveries_of_all (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('digest', 'edit', 'roundup', 'announcement')),
    -- Null: it is of an announcement.
    digest_id INTEGER REFERENCES digests (id) ON DELETE CASCADE,
    -- Null: it is of a digest.
    announcement_id INTEGER REFERENCES announcements (id) ON DELETE CASCADE,
    subscriber_id INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'skipped')),
    -- When it was owed; how late it is counts from here.
    due_at INTEGER NOT NULL,
    -- When it is tried next: at that time, or some time after a try that failed.
    try_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- How often its next part was in doubt, and how often any of its parts was: asked of Telegram, and no answer recorded.
    doubts INTEGER NOT NULL DEFAULT 0,
    unsure INTEGER NOT NULL DEFAULT 0,
    parts_sent INTEGER NOT NULL DEFAULT 0,
    -- How many of its parts were in doubt and are not sent again.
    given_up INTEGER NOT NULL DEFAULT 0,
    -- What it is made of, from its first part on. Null: nothing was sent yet; of the edition: or it is the digest itself.
    edition_id INTEGER REFERENCES digests (id),
    revision INTEGER,
    layout TEXT,
    language TEXT,
    -- What of the digest it shows, as a JSON object: `items`, their places, counted from 0 (left out: all); `told`, pairs
    -- of such a place and the digest that told it before; `collected`, what a roundup collects, a digest, its revision
    -- and these two for each; `signed`, whether room was left for what the chat puts under it. Null: all of it, as it is.
    selection TEXT,
    -- Whether it is kept for a roundup, and not tried before: it waits, at a time that never comes.
    held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
    -- The roundup that brings it. Null: it comes by itself.
    roundup_id INTEGER REFERENCES deliveries_of_all (id) ON DELETE SET NULL,
    -- Why it waits, failed or was skipped. Null: nothing to say.
    reason TEXT,
    -- Null: not finished.
    finished_at INTEGER,
    UNIQUE (digest_id, subscriber_id, kind),
    CHECK ((finished_at IS NULL) = (state IN ('waiting', 'sending'))),
    CHECK ((digest_id IS NULL) = (kind = 'announcement') AND (announcement_id IS NULL) = (kind <> 'announcement'))
) STRICT;
INSERT INTO deliveries_of_all (
       id, kind, digest_id, subscriber_id, state, due_at, try_at, attempts, doubts, unsure, parts_sent, given_up,
       edition_id, revision, layout, language, selection, held, roundup_id, reason, finished_at)
SELECT id, kind, digest_id, subscriber_id, state, due_at, try_at, attempts, doubts, unsure, parts_sent, given_up,
       edition_id, revision, layout, language, selection, held, roundup_id, reason, finished_at
  FROM deliveries;
-- The foreign keys are not looked at meanwhile, so the messages stay, and are those of the new table.
DROP TABLE deliveries;
ALTER TABLE deliveries_of_all RENAME TO deliveries;
-- Announcements have an index of their own, and a hundred thousand of them are in no digest's way.
CREATE INDEX deliveries_waiting ON deliveries (try_at, id) WHERE state = 'waiting' AND announcement_id IS NULL;
CREATE INDEX deliveries_begun ON deliveries (subscriber_id) WHERE state = 'waiting' AND parts_sent > 0;
CREATE INDEX deliveries_sending ON deliveries (id) WHERE state = 'sending';
CREATE INDEX deliveries_held ON deliveries (subscriber_id, digest_id) WHERE held = 1;
CREATE INDEX deliveries_in_roundups ON deliveries (roundup_id) WHERE roundup_id IS NOT NULL;
CREATE UNIQUE INDEX deliveries_announced ON deliveries (announcement_id, subscriber_id)
    WHERE announcement_id IS NOT NULL;
CREATE INDEX announcements_waiting ON deliveries (announcement_id, try_at)
    WHERE announcement_id IS NOT NULL AND state = 'waiting';

-- What a roundup brings ends as it does, and waits for it again should it.
CREATE TRIGGER roundup_ended AFTER UPDATE OF state ON deliveries
WHEN new.kind = 'roundup' AND new.finished_at IS NOT NULL
BEGIN
    UPDATE deliveries SET state = new.state, reason = new.reason, finished_at = new.finished_at, held = 0
     WHERE roundup_id = new.id AND state = 'waiting';
END;
CREATE TRIGGER roundup_revived AFTER UPDATE OF state ON deliveries
WHEN new.kind = 'roundup' AND old.finished_at IS NOT NULL AND new.finished_at IS NULL
BEGIN
    -- The time that never comes (time.py).
    UPDATE deliveries SET state = 'waiting', reason = NULL, finished_at = NULL, held = 1, try_at = 253402214400000
     -- What was left out of it stays so.
     WHERE roundup_id = new.id AND state = old.state AND reason IS old.reason;
END;

DROP VIEW whole_subscribers;
CREATE VIEW whole_subscribers AS
SELECT subscribers.id AS subscriber_id, chat_id, topic_id, type, subscribers.state AS subscriber_state, everything,
       subscribers.layout AS subscriber_layout, subscribers.language AS subscriber_language, subscribed_by,
       cadence, send_time, weekday, time_zone, quiet_from, quiet_until, snoozed_until, sound, previews, fold_told,
       tell_nothing, footer, footer_entities, signature, button_line,
       (SELECT json_group_array(json_array(folded, name))
          FROM (SELECT folded, name FROM subscriptions JOIN categories ON categories.id = category_id
                 WHERE subscriptions.subscriber_id = subscribers.id ORDER BY folded)) AS chosen,
       (SELECT json_group_array(json_array(kind, folded, shown))
          FROM (SELECT kind, folded, shown FROM words WHERE words.subscriber_id = subscribers.id
                 ORDER BY kind, folded)) AS worded
  FROM subscribers;
