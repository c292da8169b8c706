"""Where you write: one file a chapter, each function an exercise."""
