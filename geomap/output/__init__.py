"""Report to files: JSON, GeoJSON, the map."""
