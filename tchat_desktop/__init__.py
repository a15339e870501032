"""Tchat Desktop: organise a Twitter/X chat, from the first idea to the last thank-you."""

__version__ = "0.1.0"
