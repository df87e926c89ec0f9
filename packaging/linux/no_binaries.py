"""No program lies here: the studio's launchers name the ffmpeg that came with it (IMAGEIO_FFMPEG_EXE)."""
