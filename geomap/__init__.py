"""geomap: from an article to an honest map of the strikes it reports."""
