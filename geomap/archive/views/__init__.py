"""What is made of a store for people and for other programs: the map, tables, layers that QGIS draws."""
