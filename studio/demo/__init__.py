"""The sample workspace: stories of a made-up village, with pictures and clips the project draws itself."""
