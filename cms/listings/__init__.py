"""What the list pages of the public site show. Every list is paged; no query count grows with rows."""
