-- Pictures shown with posts, what an hour remembers over a restart, and what was read with keys.

ALTER TABLE outbox ADD COLUMN picture_id TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN picture_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN alt_text TEXT NOT NULL DEFAULT '';

-- What the run sheet said when the row was planned; all empty for what it does not have.
ALTER TABLE outbox ADD COLUMN planned_text TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN planned_due_at TEXT;
ALTER TABLE outbox ADD COLUMN planned_route TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN planned_state TEXT NOT NULL DEFAULT '';

-- What another account has on X proves nothing of a post.
ALTER TABLE outbox ADD COLUMN sent_as TEXT NOT NULL DEFAULT '';

-- For the limits of X, which count over all the chats of a day.
CREATE INDEX outbox_by_change ON outbox (changed_at);

-- Under the SHA-256 of its content: the same picture is kept once for a chat.
CREATE TABLE picture (
    chat_id TEXT NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (chat_id, id)
) STRICT;

CREATE TABLE hour (
    chat_id TEXT NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
    occasion TEXT NOT NULL,
    paused INTEGER NOT NULL,
    without_keys INTEGER NOT NULL,
    PRIMARY KEY (chat_id, occasion)
) STRICT;

-- How many were read of each kind on a UTC day, which is how X counts them.
CREATE TABLE reads (
    chat_id TEXT NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    posts INTEGER NOT NULL,
    users INTEGER NOT NULL,
    own_posts INTEGER NOT NULL,
    PRIMARY KEY (chat_id, day)
) STRICT;
