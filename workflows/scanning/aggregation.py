"""Columns that together single people out, and lists that say more side by side.

保密法实施条例 2024 Art 43 and 个人信息保护法 Art 4: what no column tells alone, several may. A group
of rows that share their values in the chosen columns and is smaller than k points at its people
(k-anonymity). The same people in another public list with other columns are the second way.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from .kinds import Finding, Kind, Severity
from .masking import mask_name
from .words import wording

DEFAULT_K = 3
_PERSON = re.compile(
    r"性别|年龄|出生|民族|婚姻|文化程度|学历|政治面貌|残疾|健康|病种|疾病|职业|就读|年级|班级|毕业|户籍|籍贯|与户主|家庭人口|人口数"
)
_PLACE = re.compile(
    r"村|组|社区|小区|街道|乡镇|住址|地址|学校|单位|部门|岗位|职务|职称|专业|入职|参加工作|户型|面积"
)
_NAME = re.compile(
    r"^(?:姓名|名字|户主|户主姓名|申请人|学生姓名|人员姓名|家长姓名|持卡人|收款人|受益人|补助对象|救助对象|领取人)$|姓名$"
)
_DISTINCT = re.compile(
    r"序号|编号|身份证|证件|号码|电话|手机|卡号|账号|备注|金额|合计|签名|签字|日期$|时间$|邮箱"
)
_MOST_COLUMNS = 6
_ROWS_SHOWN = 5
_LEAST_ROWS = 2
_SHARED_PEOPLE = 3


def person_columns(header: Sequence[str]) -> list[int]:
    """Columns that describe a person without naming or numbering him; empty for other tables."""
    wanted = [
        index
        for index, title in enumerate(header)
        if not _DISTINCT.search(title)
        and not _NAME.search(title)
        and (_PERSON.search(title) or _PLACE.search(title))
    ]
    return wanted if any(_PERSON.search(header[index]) for index in wanted) else []


def _values(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> list[tuple[str, ...]]:
    return [
        tuple(" ".join(row[c].split()) if c < len(row) else "" for c in columns)
        for row in rows
        if any(cell.strip() for cell in row)
    ]


def _small(groups: Counter[tuple[str, ...]], k: int) -> list[tuple[str, ...]]:
    return [group for group, size in groups.items() if size < k and sum(map(bool, group)) > 1]


def check_aggregation(
    rows: Sequence[Sequence[str]],
    header: Sequence[str],
    k: int = DEFAULT_K,
    *,
    columns: Sequence[int] = (),
    file: str = "",
    place: str = "",
) -> list[Finding]:
    """At most one finding: the fewest columns by which groups of fewer than `k` rows stand alone.

    `rows` hold the cells' text in the order of `header`. The columns looked at are `columns`, or
    those whose titles describe persons. One column alone is not aggregation.

    Raises:
        ValueError: k is less than 2, so no group could ever be too small.
    """
    if k < 2:
        raise ValueError(f"k must be at least 2, not {k}")
    chosen = list(columns) or person_columns(header)[:_MOST_COLUMNS]
    if len(chosen) < 2:
        return []
    table = _values(rows, chosen)
    if len(table) < _LEAST_ROWS:
        return []
    for width in range(2, len(chosen) + 1):
        best: tuple[int, tuple[int, ...], list[tuple[str, ...]]] | None = None
        for picked in combinations(range(len(chosen)), width):
            small = _small(Counter(tuple(row[i] for i in picked) for row in table), k)
            if small and (best is None or len(small) > best[0]):
                best = len(small), picked, small
        if best:
            titles = [header[chosen[index]] for index in best[1]]
            return [_finding(titles, best[2], k, file, place)]
    return []


def _finding(
    titles: list[str], small: list[tuple[str, ...]], k: int, file: str, place: str
) -> Finding:
    shown = "；".join("、".join(group) for group in small[:1])
    said = wording()["aggregation"]["small"].format(
        columns="、".join(titles), count=len(small), k=k
    )
    return Finding(
        file=file,
        place=place,
        kind=Kind.AGGREGATION,
        severity=Severity.MEDIUM,
        rule="aggregation.small_group",
        excerpt=shown,
        start=0,
        end=0,
        message=said,
    )


def open_names(rows: Sequence[Sequence[str]], header: Sequence[str]) -> dict[str, int]:
    """How often each unmasked name stands in the column of names; empty for other tables."""
    column = next((i for i, title in enumerate(header) if _NAME.search(title)), None)
    if column is None:
        return {}
    names = ("".join(row[column].split()) for row in rows if column < len(row))
    return Counter(name for name in names if len(name) > 1 and not re.search(r"[*某×]", name))


def check_linkage(
    rows: Sequence[Sequence[str]],
    header: Sequence[str],
    other_rows: Sequence[Sequence[str]],
    other_header: Sequence[str],
    other_title: str,
    *,
    file: str = "",
    place: str = "",
) -> list[Finding]:
    """At most one finding: people of this table that stand in another list with other columns.

    People are matched by open names that are unique in both lists; three are enough. Columns that
    both lists have, serial numbers and names themselves tell nothing new.
    """
    here, there = open_names(rows, header), open_names(other_rows, other_header)
    shared = [name for name, times in here.items() if times == 1 and there.get(name) == 1]
    new = [t for t in other_header if t not in header and not re.search(r"序号|备注|签", t)]
    own = [t for t in header if t not in other_header and not re.search(r"序号|备注|签", t)]
    if len(shared) < _SHARED_PEOPLE or not new or not own:
        return []
    said = wording()["aggregation"]["linkage"].format(
        title=other_title, count=len(shared), columns="、".join(new)
    )
    excerpt = "、".join(mask_name(name) for name in shared[:_ROWS_SHOWN])
    return [
        Finding(
            file, place, Kind.AGGREGATION, Severity.HIGH, "aggregation.linkage", excerpt, 0, 0, said
        )
    ]
