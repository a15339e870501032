"""The window around the pages: home, rail, top bar, saving, closing."""
