"""What is taken out of a recording of a voice when a member asks for it: one choice, measured."""

from __future__ import annotations

CLEANING = (
    "highpass=f=120,highpass=f=120,highpass=f=120,"
    "bandreject=f=100:width_type=q:w=10,bandreject=f=150:width_type=q:w=10,"
    "bandreject=f=200:width_type=q:w=12,bandreject=f=250:width_type=q:w=12"
)
"""Takes hum of the mains (50 Hz and its multiples) and wind out of a recording of a voice.

Measured on a synthetic voice with both (``bench/README.md``): 21 dB less below 120 Hz, 10 dB less in the pauses, the
voice itself 0.4 LU quieter. ffmpeg's afftdn brought under 1 dB more and took 1 dB off the voice, so it is left out.
"""
