-- Since when each look at it was in vain; null: it was within reach at the last one.
ALTER TABLE sources ADD COLUMN unreachable_since INTEGER;
