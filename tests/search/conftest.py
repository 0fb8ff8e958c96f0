import os

# Those tests have an app registry of their own: tests/search/test_engines.py runs them.
collect_ignore = [] if "SEARCH_ENGINE" in os.environ else ["engines"]
