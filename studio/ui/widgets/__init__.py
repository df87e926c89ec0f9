"""Widgets that several desks use."""
