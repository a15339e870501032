"""Assembles the application: window, pages, hours, command line, demonstration."""
