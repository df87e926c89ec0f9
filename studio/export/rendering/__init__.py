"""The files of one task: pictures, pages and videos, made under a temporary name."""
