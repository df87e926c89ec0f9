"""The plan of an export: story x outlets to tasks, each file with the key of all that goes into it."""
