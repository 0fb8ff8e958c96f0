"""What a time limit says, once it has been read."""

from dataclasses import dataclass

KINDS = (
    "within",  # by so long after the trigger
    "before",  # so long ahead of the trigger
    "display",  # shown to the public for at least so long
    "periodic",  # once in every so long, or by a day of the year or month
    "realtime",  # 实时: as it happens
    "prompt",  # 及时: soon, with no length stated
    "permanent",  # 长期: stays public for good
    "same_as_above",  # 同上: the limit of the row above
)

UNITS = ("hour", "day", "working_day", "week", "month", "quarter", "half_year", "year")

TRIGGERS = (
    "formed_or_changed",  # 信息形成或者变更
    "made_or_obtained",  # 制作或者获取
    "received_by_organ",  # 下发至本单位
    "request_received",  # 收到申请
    "approval_received",  # 收到批准文件
    "approved",  # 批准, 批复
    "decided",  # 作出决定
    "result_decided",  # 结果确定
    "document_published",  # 文件公开
    "document_issued",  # 文件印发
    "event",  # an event the text names that is none of the above
    "progress",  # 按进展情况
    "unspecified",  # a length with nothing that starts it
)


@dataclass(frozen=True)
class Clause:
    """One limit within the text of a time limit.

    `kind`, `unit` and `trigger` take the words of KINDS, UNITS and TRIGGERS. A periodic clause
    with a fixed day has that day for its trigger: "MM-DD" of each year (02-29 stands for the
    last of February) or "DD" of each month. `scope` is the part of the content elements that
    the clause governs, in the words of the text; None when it governs all of them.
    """

    kind: str
    amount: int | None = None
    unit: str | None = None
    trigger: str | None = None
    scope: str | None = None


@dataclass(frozen=True)
class TimeLimit:
    """The text of a time limit and what could be read of it.

    `unread` holds the parts that nobody should act on before a person has read them, in reading
    order, with widths and white space evened out.
    """

    text: str
    clauses: tuple[Clause, ...]
    unread: tuple[str, ...]

    @property
    def understood(self) -> bool:
        """Whether there is a limit and every part of the text was read."""
        return bool(self.clauses) and not self.unread
