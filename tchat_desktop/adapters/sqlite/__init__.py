"""Chats, the outbox and collected posts in one SQLite database."""
