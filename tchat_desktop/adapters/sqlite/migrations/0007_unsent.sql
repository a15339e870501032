-- What was typed in the real hour and not handed in yet: a crash or an empty battery keeps it.

CREATE TABLE unsent (
    chat_id TEXT NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (chat_id, place)
);
