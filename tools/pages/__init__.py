"""Saved pages: a chapter as one file with its explorers alive, and all chapters as a site."""
