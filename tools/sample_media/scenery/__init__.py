"""Pictures drawn from numbers: terrain, sky, plants, solids and light, finished like a phone photo.

Everything here is made of numpy arrays and loads numpy at module level; ``tools.sample_media`` imports it only while
drawing.
Colours are linear light (sRGB primaries, 1.0 = white paper in the sun); lengths are metres; the eye looks along +z,
x goes right, y up. Every random number comes from a seeded generator, so a picture is the same on every machine.
"""
