"""The sixth place of the window, "Kelompok": the group itself, in five pages."""
