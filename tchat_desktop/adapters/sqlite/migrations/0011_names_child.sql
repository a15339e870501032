-- The organiser read a post that no word gave away, and said that a child is named in it.

ALTER TABLE post ADD COLUMN names_child INTEGER NOT NULL DEFAULT 0;
