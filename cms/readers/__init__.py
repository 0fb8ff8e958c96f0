"""Readers: what an uploaded file says, as plain data. They touch no database and no settings."""
