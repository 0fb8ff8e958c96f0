"""The events from which a limit runs, and the part of the content that it governs."""

import re
from dataclasses import dataclass

# A name never spans the words that join an event to its length, so that no rule can read past
# a second event or a negation.
NAME = r"[^\d,;。:() 每前后起内不未…]{0,20}"
# What a clause governs may itself begin with a phase: 批前公示, 事后公开.
SUBJECT = rf"(?:[批事审][前中后])?{NAME}"

_DONE = "发生|结束|完成|期满|召开|举行|办结|启动"
_FORMED = r"(?:形成|产生)(?:(?:或者?|、)?(?:变更|更新))?"

# The first rule that matches the whole event wins. A scope group names what the event is about:
# it limits the clause only where the text sets another limit for something else.
_EVENTS = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        ("", "unspecified"),
        (rf"{NAME}{_FORMED}(?:后|并)?下发至本?(?:单位|机关|部门)", "received_by_organ"),
        (r"收到(?:上级)?(?:文件|通知)", "received_by_organ"),
        (rf"收到{NAME}申请书?", "request_received"),
        (rf"收到{NAME}(?:批准|批复)(?:文件|文书)?", "approval_received"),
        (rf"(?P<scope>{NAME})(?:决定书?|决策)(?:作出|做出|形成)", "decided"),
        (rf"(?:作出|做出)(?:{NAME}(?:决定书?|决策))?", "decided"),
        (rf"{NAME}结果(?:确定|产生|公布)", "result_decided"),
        (rf"{NAME}(?:批准|批复|核准|审批通过|审议通过)", "approved"),
        (rf"{NAME}(?:文件|政策)(?:公开|公布|发布)", "document_published"),
        (rf"{NAME}(?:文件|政策)印发", "document_issued"),
        # 获取(形成变更): all three are ways in which the organ comes to hold the information.
        (rf"{NAME}获取{_FORMED}", "formed_or_changed"),
        (rf"(?P<scope>{NAME}){_FORMED}", "formed_or_changed"),
        (rf"(?:制定|制作)(?:或者?|、)获取{NAME}", "made_or_obtained"),
        (rf"{NAME}(?:{_DONE})", "event"),
    )
)

_ONSET = re.compile(r"(?:之日起|之日后?|之后|以后|当日起|起|后)?个?$")
_SINCE = r"(?:自(?![然建主治])|从(?!业)|在(?![建职校])|于)"
_OPENING = re.compile(rf"^(?:应当?|须)?{_SINCE}")
_SCOPED = re.compile(rf"(?P<scope>{SUBJECT}?[^应当须])(?:应当?|须)?{_SINCE}(?P<event>.+)")
_PROGRESS = re.compile(r"(?:按|按照|根据|依据|随)(?:工作|项目|实际|办理)?(?:进展|进度)(?:情况)?")

_GENERIC = re.compile(
    r"(?:该|本|此|相关|有关|公开|各类|政府|事项|制定|制作)*(?:信息|事项|内容|文件|材料)?"
)
_SCOPE_LEAD = re.compile(r"^(?:其中|同时|应当?|须|需|并|且|对)+")
_SCOPE_TAIL = re.compile(r"(?:应当?|事项|公布|公开)+$")


@dataclass(frozen=True)
class Onset:
    """What starts a clause's clock; `implied_scope` counts only beside other limits."""

    trigger: str
    scope: str | None = None
    implied_scope: str | None = None


def read_onset(lead: str) -> Onset | None:
    """Read the words before a length, such as 自信息形成或者变更之日起; None if unreadable."""
    lead = _SCOPE_LEAD.sub("", lead)
    if _PROGRESS.fullmatch(lead):
        return Onset("progress")
    event = _ONSET.sub("", lead, count=1)
    if (scoped := _SCOPED.fullmatch(event)) and (onset := _read_event(scoped["event"])):
        return Onset(onset.trigger, clean_scope(scoped["scope"]))
    if event == "" and lead:
        return None
    return _read_event(_OPENING.sub("", event))


def _read_event(event: str) -> Onset | None:
    for pattern, trigger in _EVENTS:
        if found := pattern.fullmatch(event):
            named = found.groupdict().get("scope")
            return Onset(trigger, implied_scope=clean_scope(named) if named else None)
    return None


def clean_scope(words: str) -> str | None:
    """The scope without its joining words, members set off by 、; None if it names everything."""
    words = _SCOPE_TAIL.sub("", _SCOPE_LEAD.sub("", words))
    words = re.sub("以及|[和及与]", "、", words)
    return None if _GENERIC.fullmatch(words) else words
