"""Word lists and wordings as data, read once per process."""

import json
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The words of `words/<name>.txt`, separated by blanks or line ends."""
    return frozenset((files(__name__) / f"{name}.txt").read_text("utf-8").split())


@cache
def wording() -> dict[str, dict[str, str]]:
    """What the scanner says to its readers, in Chinese: messages by rule, names of places."""
    loaded: dict[str, dict[str, str]] = json.loads(
        (files(__name__) / "zh_Hans.json").read_text("utf-8")
    )
    return loaded


def place(key: str, /, **values: object) -> str:
    """The name of a place in a file, such as 「工作表“名单”B3」."""
    return wording()["places"][key].format(**values)
