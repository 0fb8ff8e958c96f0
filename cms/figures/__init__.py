"""数说公开: what is public, drawn. See docs/figures.md.

coverage.py, months.py and limits.py count; heat_map.py and bars.py lay out what was counted, in
units that the templates draw; csv_files.py gives the same figures as files. Only what the public
may see is counted.
"""
