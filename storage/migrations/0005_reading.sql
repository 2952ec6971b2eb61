-- When digests come: as they are published, or collected in a roundup at a time of the subscriber's own.
ALTER TABLE subscribers ADD COLUMN cadence TEXT NOT NULL DEFAULT 'at once'
    CHECK (cadence IN ('at once', 'daily', 'weekdays', 'weekly'));
-- When a roundup goes, in minutes after the local midnight.
ALTER TABLE subscribers ADD COLUMN send_time INTEGER NOT NULL DEFAULT 480 CHECK (send_time BETWEEN 0 AND 1439);
-- On which day the weekly one does; 0: Monday.
ALTER TABLE subscribers ADD COLUMN weekday INTEGER NOT NULL DEFAULT 0 CHECK (weekday BETWEEN 0 AND 6);
-- An IANA name. Null: it is not known, and UTC stands for it.
ALTER TABLE subscribers ADD COLUMN time_zone TEXT;
-- When nothing is sent, in minutes after the local midnight, and until when. Null: there is no such time.
ALTER TABLE subscribers ADD COLUMN quiet_from INTEGER CHECK (quiet_from BETWEEN 0 AND 1439);
ALTER TABLE subscribers ADD COLUMN quiet_until INTEGER CHECK (quiet_until BETWEEN 0 AND 1439);
-- Null: it is not snoozed, or not any more.
ALTER TABLE subscribers ADD COLUMN snoozed_until INTEGER;
-- When what is held for it is to go. Null: nothing has to be looked for.
ALTER TABLE subscribers ADD COLUMN next_due_at INTEGER;
CREATE INDEX subscribers_due ON subscribers (next_due_at) WHERE next_due_at IS NOT NULL;

-- How what comes looks and sounds.
ALTER TABLE subscribers ADD COLUMN sound INTEGER NOT NULL DEFAULT 1 CHECK (sound IN (0, 1));
ALTER TABLE subscribers ADD COLUMN previews INTEGER NOT NULL DEFAULT 0 CHECK (previews IN (0, 1));
-- Whether an item that the chat has had before is only named.
ALTER TABLE subscribers ADD COLUMN fold_told INTEGER NOT NULL DEFAULT 1 CHECK (fold_told IN (0, 1));
-- Whether a roundup that would be empty says so.
ALTER TABLE subscribers ADD COLUMN tell_nothing INTEGER NOT NULL DEFAULT 0 CHECK (tell_nothing IN (0, 1));

-- What a subscriber follows or mutes: items that have all the phrases of one row.
CREATE TABLE words (
    subscriber_id INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('follow', 'mute')),
    -- As it is compared: folded, a phrase on each line.
    folded TEXT NOT NULL,
    -- As it was typed.
    shown TEXT NOT NULL,
    PRIMARY KEY (subscriber_id, kind, folded)
) STRICT, WITHOUT ROWID;
CREATE INDEX words_followed ON words (folded, subscriber_id) WHERE kind = 'follow';

-- What a person wants to find again.
CREATE TABLE bookmarks (
    subscriber_id INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    digest_id INTEGER NOT NULL REFERENCES digests (id) ON DELETE CASCADE,
    -- 0: the whole digest.
    item_id INTEGER NOT NULL DEFAULT 0,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (subscriber_id, digest_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX bookmarks_by_time ON bookmarks (subscriber_id, saved_at);

-- What of the digest it shows, as a JSON object: `items`, their places, counted from 0 (left out: all); `told`, pairs of
-- such a place and the digest that told it before; `collected`, what a roundup collects, a digest, its revision and
-- these two for each. Null: all of it, as it is.
ALTER TABLE deliveries ADD COLUMN selection TEXT;
-- Whether it is kept for a roundup, and not tried before: it waits, at a time that never comes.
ALTER TABLE deliveries ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1));
-- The roundup that brings it. Null: it comes by itself.
ALTER TABLE deliveries ADD COLUMN roundup_id INTEGER REFERENCES deliveries (id) ON DELETE SET NULL;
CREATE INDEX deliveries_held ON deliveries (subscriber_id, digest_id) WHERE held = 1;
CREATE INDEX deliveries_in_roundups ON deliveries (roundup_id) WHERE roundup_id IS NOT NULL;

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

-- For `/why` with an address.
CREATE INDEX digests_by_permalink ON digests (permalink) WHERE permalink IS NOT NULL;
-- For what was told before.
CREATE INDEX items_by_link ON items (link) WHERE link IS NOT NULL;

DROP VIEW whole_subscribers;
CREATE VIEW whole_subscribers AS
SELECT subscribers.id AS subscriber_id, chat_id, topic_id, type, subscribers.state AS subscriber_state, everything,
       subscribers.layout AS subscriber_layout, subscribers.language AS subscriber_language, subscribed_by,
       cadence, send_time, weekday, time_zone, quiet_from, quiet_until, snoozed_until, sound, previews, fold_told,
       tell_nothing,
       (SELECT json_group_array(json_array(folded, name))
          FROM (SELECT folded, name FROM subscriptions JOIN categories ON categories.id = category_id
                 WHERE subscriptions.subscriber_id = subscribers.id ORDER BY folded)) AS chosen,
       (SELECT json_group_array(json_array(kind, folded, shown))
          FROM (SELECT kind, folded, shown FROM words WHERE words.subscriber_id = subscribers.id
                 ORDER BY kind, folded)) AS worded
  FROM subscribers;
