"""Rules over a story that return findings. Pure."""
