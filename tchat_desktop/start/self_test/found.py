"""What a part of the self-test may find besides that it works."""


class Lack(Exception):
    """This computer has not what is tried, and the app works without: no fault of the app."""


class Unusable(Exception):
    """The app did not bring along what it needs, or what it brought cannot be used."""
