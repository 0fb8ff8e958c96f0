"""What each organ owes the public, at the desk and on the site. See docs/duties.md."""
