"""The small set of widgets every screen is made of. None of them knows a service."""
