"""Boxes that ask or tell, and how they are asked for."""
