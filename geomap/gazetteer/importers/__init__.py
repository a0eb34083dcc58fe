"""The user's own files, each format to rows of our tables."""
