"""What the photo desk and the video desk have in common: keys, boxes on a picture, the list of covers."""
