"""The domain of a table, from its title or the name of its sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalogue_standards.files.texts import joined
from catalogue_standards.files.words import plain

_NUMBER = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十百\d]+[)）]|[一二三四五六七八九十百]+[、.．]|\d+[.、．\s]*)\s*"
)
_CATALOGUE = re.compile(
    r"^(?P<name>.+?)(?:领域)?(?:基层)?(?:政务|政府信息|信息)公开.*$|^(?P<domain>.+?)领域.*$"
)
# A place before the domain: 奉节县, 重庆市奉节县. 城市 and 市政 are words, so a place has two characters more.
_PLACE = re.compile(r"^.{2,}?(?:省|自治区|市|县|区|旗|镇|乡|街道)(?=.{2,})")
_LIST = re.compile(
    r"^(?:sheet|工作表|表)?\s*\d*$|^(?:目录|标准目录|汇总表?|总表|目录表)$", re.IGNORECASE
)
_NO_DOMAIN = re.compile(r"^$|.*(?:省|市|县|区|旗|镇|乡|街道|政府|局|办事处)$")


def domain_of_title(title: str, known: Sequence[str]) -> str:
    """The domain that a title names, such as 社会救助 of （十九）社会救助领域基层政务公开标准目录; "" if none.

    A domain in `known` is found wherever it stands in the title; another is taken from before 领域 or
    政务公开, without its number and the place before it.
    """
    bare = _NUMBER.sub("", joined(title))
    found = _CATALOGUE.match(bare)
    name = (found["name"] or found["domain"] or "") if found else ""
    name = name.removesuffix("领域")
    if name in known:
        return name
    if mentioned := _mentioned(bare, known):
        return mentioned
    if "领域" not in bare:
        return ""
    while place := _PLACE.match(name):
        name = name[place.end() :]
    return "" if _NO_DOMAIN.match(name) else name


def domain_of_sheet(name: str, known: Sequence[str]) -> str:
    """The domain that a sheet or file is named after; "" for names like Sheet1 and 标准目录."""
    bare = _NUMBER.sub("", name.strip())
    if _LIST.match(bare):
        return ""
    return bare if bare in known else domain_of_title(name, known)


def _mentioned(title: str, known: Sequence[str]) -> str:
    words = plain(title)
    names = [name for name in known if plain(name) in words]
    return max(names, key=len, default="")
