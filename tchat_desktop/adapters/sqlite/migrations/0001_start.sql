-- Chats as documents; posts on their way out and collected posts as rows of their own.
-- Instants are ISO 8601 in UTC with microseconds, so that they sort as text.

PRAGMA application_id = 0x74636874;

CREATE TABLE chat (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    chat_id TEXT NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
    occasion TEXT NOT NULL,
    slot TEXT NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    text TEXT NOT NULL,
    due_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    route TEXT NOT NULL,
    state TEXT NOT NULL,
    target_id TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    url TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    not_before TEXT,
    changed_at TEXT,
    UNIQUE (chat_id, occasion, slot)
) STRICT;

CREATE TABLE post (
    row INTEGER PRIMARY KEY,
    chat_id TEXT NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
    occasion TEXT NOT NULL,
    id TEXT NOT NULL,
    author TEXT NOT NULL,
    author_name TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at TEXT NOT NULL,
    url TEXT NOT NULL,
    in_reply_to TEXT NOT NULL,
    reposts INTEGER NOT NULL,
    starred INTEGER NOT NULL,
    hidden INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    reposted INTEGER NOT NULL,
    question_id TEXT NOT NULL,
    assigned_to TEXT NOT NULL,
    UNIQUE (chat_id, occasion, id)
) STRICT;

CREATE VIRTUAL TABLE post_words USING fts5 (
    text, author, author_name,
    content = 'post', content_rowid = 'row',
    tokenize = "unicode61 remove_diacritics 2"
);

CREATE TRIGGER post_added AFTER INSERT ON post BEGIN
    INSERT INTO post_words (rowid, text, author, author_name)
    VALUES (new.row, new.text, new.author, new.author_name);
END;

CREATE TRIGGER post_deleted AFTER DELETE ON post BEGIN
    INSERT INTO post_words (post_words, rowid, text, author, author_name)
    VALUES ('delete', old.row, old.text, old.author, old.author_name);
END;
