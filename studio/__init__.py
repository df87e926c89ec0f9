"""KIM Studio: one story in, every post out."""

__version__ = "0.1.0"
