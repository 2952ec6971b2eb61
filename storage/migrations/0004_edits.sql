-- Whether it changed again since the cursor began: then it begins once more. Of digests it is always 0.
ALTER TABLE fan_outs ADD COLUMN again INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1));

-- The revision that the message shows its part of; 0: it is about to be deleted, or was. Null: that of its delivery;
-- only half-way through an edit others are.
ALTER TABLE messages ADD COLUMN revision INTEGER;
