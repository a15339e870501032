-- The organiser says that a post is a question of the public, or that it is none.

ALTER TABLE post ADD COLUMN asks TEXT NOT NULL DEFAULT '';
