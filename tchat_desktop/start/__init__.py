"""Where the application is put together: window, pages, hours, command line, demonstration."""
