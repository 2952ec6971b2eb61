-- Not every source has times: of a git blob or a feed's entry it is 63 bits of the hash of what it holds.
ALTER TABLE files RENAME COLUMN modified_ns TO version;

-- What a digest says before its first item; empty: nothing.
ALTER TABLE digests ADD COLUMN intro TEXT NOT NULL DEFAULT '';
ALTER TABLE digests ADD COLUMN intro_entities TEXT NOT NULL DEFAULT '';

-- The category as this digest spells it; empty: as the category is shown.
ALTER TABLE digest_categories ADD COLUMN written TEXT NOT NULL DEFAULT '';

-- With which options its files were read, as a hash; null: it is not known. Others mean reading them all again.
ALTER TABLE sources ADD COLUMN options TEXT;
-- When a file of it was last new, changed or gone; null: never.
ALTER TABLE sources ADD COLUMN last_change_at INTEGER;

-- What translations of one digest share: the path without the language; empty: a digest of before this was known.
ALTER TABLE digests ADD COLUMN twins TEXT NOT NULL DEFAULT '';
-- The first of its translations that was seen, which is owed for all of them. Null: that is this one.
ALTER TABLE digests ADD COLUMN edition_of INTEGER REFERENCES digests (id);
CREATE INDEX digests_by_twins ON digests (source_id, twins) WHERE edition_of IS NULL;
CREATE INDEX editions ON digests (edition_of) WHERE edition_of IS NOT NULL;

-- The edition that was sent. Null: nothing was sent yet, or the digest itself.
ALTER TABLE deliveries ADD COLUMN edition_id INTEGER REFERENCES digests (id);

-- Since when each look at it was in vain; null: it was within reach at the last one.
ALTER TABLE sources ADD COLUMN unreachable_since INTEGER;

-- What a digest said beside its items before it changed: what began with a revision goes on with it.
CREATE TABLE heads (
    digest_id INTEGER NOT NULL REFERENCES digests (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    title TEXT NOT NULL,
    published_at INTEGER,
    utc_offset INTEGER,
    day_only INTEGER NOT NULL CHECK (day_only IN (0, 1)),
    permalink TEXT,
    language TEXT,
    intro TEXT NOT NULL,
    intro_entities TEXT NOT NULL,
    -- A JSON array of the folded name and the shown one for each.
    categories TEXT NOT NULL,
    PRIMARY KEY (digest_id, revision)
) STRICT, WITHOUT ROWID;
