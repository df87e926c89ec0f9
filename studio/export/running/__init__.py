"""Runs a plan: executors, the queue, the manifest and what survives a power cut."""
