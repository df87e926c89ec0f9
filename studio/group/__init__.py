"""The group itself: who it is, how far it has come, what its village offers, what it did. Pure: no files, no Qt."""
