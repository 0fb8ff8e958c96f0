"""Channels beyond the website (公开渠道): recorded by the department, confirmed by its head."""
