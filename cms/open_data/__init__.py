"""What is public, for machines: each list as CSV, JSON, Atom and RSS, and editions as one download."""
