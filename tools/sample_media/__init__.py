"""The pictures, clips and logo of the sample, drawn from numbers: ``python -m tools.sample_media`` renders them."""
