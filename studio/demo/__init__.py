"""The sample workspace: stories of a made-up village, with pictures and clips that ``tools/sample_media`` drew."""
