"""The simulated clock of the demo county: its two years pass in a minute, through the real gate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything within happen at `moment` (naive: China's time).

    Only the demo imports time_machine; a real site has no way to forge a publication date.
    """
    import time_machine

    local = moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
    with time_machine.travel(local, tick=True):
        yield
