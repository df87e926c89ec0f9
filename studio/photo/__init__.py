"""Pillow: open, orient, crop, adjust, cover, save with metadata."""
