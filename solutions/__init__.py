"""The reference: the only hand-written copy of each exercise."""
