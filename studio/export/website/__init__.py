"""The whole library as one static website."""
