# Those tests have an app registry of their own: test_engines.py runs them, without this file.
collect_ignore = ["engines"]
