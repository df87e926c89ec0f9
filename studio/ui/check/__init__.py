"""The checking desk."""
