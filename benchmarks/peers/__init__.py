"""The works that are timed on both sides, how they are timed, and how the table is written."""
