-- The organiser read a post that looked like a confidence, and said that it asks for no care.

ALTER TABLE post ADD COLUMN harmless INTEGER NOT NULL DEFAULT 0;
