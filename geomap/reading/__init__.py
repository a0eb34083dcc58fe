"""One source to one article."""
