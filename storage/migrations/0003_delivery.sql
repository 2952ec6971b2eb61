-- A digest is owed once, and then each of its changes is; either may have to rest.
CREATE TABLE fan_outs_of_each_kind (
    digest_id INTEGER NOT NULL REFERENCES digests (id) ON DELETE CASCADE,
    kind TEXT NOT NULL DEFAULT 'digest' CHECK (kind IN ('digest', 'edit')),
    due_at INTEGER NOT NULL,
    -- The cursor: subscribers up to this id have their delivery.
    subscriber_id INTEGER NOT NULL DEFAULT 0,
    -- Why it rests: `counting`, the look that brought it may bring too many; `many`, it did, and operators were asked;
    -- `canary`, operators are to get it first; `refused`, Telegram refused its text. Null: nothing holds it.
    hold TEXT CHECK (hold IN ('counting', 'many', 'canary', 'refused')),
    PRIMARY KEY (digest_id, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO fan_outs_of_each_kind (digest_id, due_at, subscriber_id)
SELECT digest_id, due_at, subscriber_id FROM fan_outs;
DROP TABLE fan_outs;
ALTER TABLE fan_outs_of_each_kind RENAME TO fan_outs;

-- How often one of its parts was in doubt: asked of Telegram, and no answer recorded.
ALTER TABLE deliveries ADD COLUMN unsure INTEGER NOT NULL DEFAULT 0;
-- How many of its parts were in doubt and are not sent again.
ALTER TABLE deliveries ADD COLUMN given_up INTEGER NOT NULL DEFAULT 0;

-- Until when Telegram wants nothing more for a chat. Chat 0: for any, but as an answer to somebody.
CREATE TABLE rests (
    chat_id INTEGER PRIMARY KEY,
    until INTEGER NOT NULL
) STRICT;

-- One row while an operator lets no broadcast go.
CREATE TABLE pauses (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    since INTEGER NOT NULL,
    -- What becomes of what waited, and when that was decided; it is done before the row goes. Null: not decided.
    ending TEXT CHECK (ending IN ('send', 'skip')),
    ended_at INTEGER,
    -- The last delivery that there was then.
    last_id INTEGER,
    CHECK ((ending IS NULL) = (ended_at IS NULL) AND (ending IS NULL) = (last_id IS NULL))
) STRICT;

-- What a person is still to be told by the bot of its own accord.
CREATE TABLE notices (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL,
    -- The name of a phrase, and what it speaks of, as a JSON object.
    phrase TEXT NOT NULL,
    facts TEXT NOT NULL,
    -- A JSON array of a phrase's name and callback data for each button.
    buttons TEXT NOT NULL DEFAULT '[]',
    -- When it is told, or tried again.
    try_at INTEGER NOT NULL,
    -- How often it was tried in vain.
    attempts INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The person who subscribed it. Null: it is not known, or a private chat, which does so itself.
ALTER TABLE subscribers ADD COLUMN subscribed_by INTEGER;
-- Since when it is paused or gone. Null: it is neither, or that is not known.
ALTER TABLE subscribers ADD COLUMN state_since INTEGER;
DROP VIEW whole_subscribers;
CREATE VIEW whole_subscribers AS
SELECT subscribers.id AS subscriber_id, chat_id, topic_id, type, subscribers.state AS subscriber_state, everything,
       subscribers.layout AS subscriber_layout, subscribers.language AS subscriber_language, subscribed_by,
       (SELECT json_group_array(json_array(folded, name))
          FROM (SELECT folded, name FROM subscriptions JOIN categories ON categories.id = category_id
                 WHERE subscriptions.subscriber_id = subscribers.id ORDER BY folded)) AS chosen
  FROM subscribers;

-- Finished deliveries that were so old that their rows are gone.
CREATE TABLE tallies (
    digest_id INTEGER NOT NULL REFERENCES digests (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sent', 'failed', 'skipped')),
    number INTEGER NOT NULL,
    PRIMARY KEY (digest_id, kind, state)
) STRICT, WITHOUT ROWID;

-- Whether the chats are to show that the digest was withdrawn: that is a revision of it, too.
ALTER TABLE digests ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1));
ALTER TABLE heads ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1));
