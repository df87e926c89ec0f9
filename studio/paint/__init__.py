"""SVG and text boxes to a picture or a PDF (QtGui, QtSvg; no widgets)."""
