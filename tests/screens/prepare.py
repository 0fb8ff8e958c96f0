"""`python -m tests.screens.prepare FOLDER`: fill the county, and write down all its screens."""

from __future__ import annotations

import sys
from pathlib import Path

import django

if __name__ == "__main__":
    django.setup()
    from tests.screens.found import look
    from tests.screens.pieces import fill

    fill()
    look().save(Path(sys.argv[1]) / "screens.json")
