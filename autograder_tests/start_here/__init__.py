"""Chapter 00: one throw-away exercise, so that edit, save and check are learned before they matter."""

EXERCISES = ("normalize_pixels",)
