"""Checks documents that are read, so that everything that has passed can be shown and used."""
