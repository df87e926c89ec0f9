"""The publishing desk."""
