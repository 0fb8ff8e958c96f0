"""Public pages kept for readers without an account; see docs/speed.md."""
