"""What somebody adds who follows CONTRIBUTING.md works, and what they forget is told.

Each test changes a copy of the project, and no file but those the list names.
"""
