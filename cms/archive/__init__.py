"""The public site as files that open without a server: what a year's archive keeps."""
