"""The real app in a real window, driven by what a screen reader sees."""
