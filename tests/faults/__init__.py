"""What the app promises when it is killed at any moment: `python -m tests.faults --help`."""
