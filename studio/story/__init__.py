"""The document: model, edits, geometry, text. Pure: no files, no Qt, no Pillow."""
