-- The organiser read a post that no word gave away, and said that it is a confidence.

ALTER TABLE post ADD COLUMN confided INTEGER NOT NULL DEFAULT 0;
