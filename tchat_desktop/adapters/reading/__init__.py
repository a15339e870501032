"""What is read from outside is checked here, once: whatever has passed can be shown and used."""
