-- What is shared of the hour with the computer of somebody who moderates too, and through which file.

CREATE TABLE shared (
    chat_id TEXT PRIMARY KEY REFERENCES chat (id) ON DELETE CASCADE,
    document BLOB NOT NULL,
    file TEXT NOT NULL
);
