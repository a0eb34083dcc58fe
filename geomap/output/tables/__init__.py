"""Reports as tables and layers, in the formats that people's tools read."""
