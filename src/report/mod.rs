//! Rows as table, CSV, JSON and GeoJSON.
