"""The video desk."""
