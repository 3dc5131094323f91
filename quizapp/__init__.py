"""Media-literacy exercises on real articles, for a class or alone."""
