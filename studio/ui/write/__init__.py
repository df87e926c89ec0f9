"""The writing desk: the fields of a story, its text, and what helps to write it."""
