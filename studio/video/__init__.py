"""Probe, plan, run, frames, waveform, subtitles, slideshow."""
