"""For instructors: release a chapter, take submissions in, grade them in a box, read what the class got wrong."""
