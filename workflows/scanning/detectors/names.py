"""Names of persons, by surname and by what stands around them.

Used only beside something else (an age, an illness, a number): a list of surnames by itself
finds far too much.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..words import words
from .illnesses import illness_word

_LABEL = (
    r"姓\s?名|子女|家庭|成员|夫妇|新生儿|名\s?字|曾用名|户主|申请人|当事人|被申请人|被处罚人|联系人|负责人|法定代表人|经办人|患者|病人|学生|幼儿|儿童|"
    r"监护人|被监护人|家长|父亲|母亲|之父|之母|丈夫|妻子|配偶|儿子|女儿|之子|之女|长子|次子|长女|次女|孙子|孙女|外孙|其子|其女|"
    r"弟弟|妹妹|哥哥|姐姐|爷爷|奶奶|老人|村民|居民|市民|群众|职工|工人|农民|贫困户|低保户|五保户|特困(?:供养)?人员|脱贫户|监测户|"
    r"受益人|救助对象|补助对象|低保对象|持卡人|收款人|领款人|领取人|车主|驾驶人|司机|业主|产权人|承租人|租户|死者|伤者|"
    r"逝者|嫌疑人|被告人?|原告|罪犯|社区矫正对象|孤儿|留守儿童|困境儿童|未成年人|男童|女童|男孩|女孩|婴儿|幼童|患儿|同学|"
    r"小朋友|考生|收件人|投诉人|举报人|信访人|来访人|报料人|网民|党员|残疾人|退役军人|烈属|参保人|病员|住院人|对象|本人|乘客|"
    r"干部|户名|新生|生员|少年|女子|男子|小学生|初中生|高中生|中学生|感染者|确诊病例|病例|[\u4e00-\u9fff]员|人员|员工|学员|运动员|选手|弃婴|女婴|男婴"
)
_LABELLED = re.compile(rf"(?:{_LABEL})(?:\s?[:：]\s?|\s|是|为|叫|叫做|名叫|[(（]|“|、)?")
_FOLLOW = re.compile(
    r"(?:$|[^\u4e00-\u9fff]|系|今年|现年|时年|年仅|年龄|年满|患|身患|罹患|因|确诊|被|的|同学|小朋友|一家|家|户|男|女|性别|住|居住|"
    r"于|在|生于|出生|查出|诊断|是|为|老人|同志|之子|之女|之父|之母|父|母|本人|自|突发|住院|和|与|及|等|就读|上学|"
    r"长期|身体|双目|双腿|左|右|下肢|肢体|精神|智力|视力|听力|先天|自幼|从小|属|有|已|曾|经|正|目前|现|去年|前年|办理|"
    r"致贫|主持|担任|疑|涉|受|吃|喝|跑|落|掉|摔|骑|乘|坐|任|申请|提出|来|到|向|反映|投诉|举报|电话|手机|身份|证|名下|驾驶|持|未|刚|即将|才|不幸|意外|体检|感染|接受|做|每|需|先后|随|血液|生前|多次|参|均|共|仍|无|没|拒|殴|驾|购|承|租|遭|致|走|留|独|丧|夫妇|夫妻|同意|委托|自愿|从|将|能|让|把|使|拿|说|称|家庭|一级|二级|三级|四级|"
    r"由|随|跟|通过|领取|享受|发放|账|卡|车|号|老|先生|女士|并|也|还|又|也是|获|考|读|升|转|参加|溺|失|走|离|死|去世|病|染|"
    r"[一二三四五六七八九十]+(?:周岁|岁|年级))"
)
_NOT_LEFT = re.compile(r"[\u4e00-\u9fff]$")
_LEFT = re.compile(
    rf"(?:{_LABEL}|其|[人孙后们者户员]|证明|兹有|现有|给|对|将|为|由|请|向|叫|和|与|及|、|镇|乡|村|组|县|市|区|局|校|班|级|的|是|[位名])$"
)
_TITLE = re.compile(
    r"(?:主任|局长|县长|镇长|乡长|书记|科长|所长|院长|校长|老师|医生|先生|女士|经理|同志|师傅|律师|警官|法官|总|[镇乡村县区街路社局厂店])$"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HIDDEN = re.compile(r"[某*×✕X○□]")
_MINORITY = re.compile(
    r"(?<![\u4e00-\u9fff·])[\u4e00-\u9fff]{2,7}(?:[·•][\u4e00-\u9fff]{1,8}){1,3}"
)
_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class Name:
    """A name; `labelled` where a word such as 姓名 or 患者 stands right before it."""

    start: int
    end: int
    labelled: bool


@cache
def _first() -> re.Pattern[str]:
    single = "".join(sorted("".join(words("surnames"))))
    double = "|".join(sorted(words("compound_surnames")))
    return re.compile(rf"(?:({double})|[{single}])")


def _length(text: str, start: int, labelled: bool) -> int:
    """How many characters from `start` are a name, or 0."""
    surname = _first().match(text, start)
    if not surname:
        return 0
    base = len(surname.group())
    if any(text.startswith(word, start) for word in _stop(text[start])):
        return 0
    if _HIDDEN.search(text[start + base : start + base + 3]):
        return 0
    usual = _usual(text, start + base)
    for given in _lengths(usual):
        end = start + base + given
        if not re.fullmatch(r"[\u4e00-\u9fff]+", text[start:end]) or len(text) < end:
            continue
        if _TITLE.search(text[start:end]):
            return 0
        if given == 2 and usual == 1 and _HAN.match(text, end):
            continue
        if _FOLLOW.match(text, end) or illness_word().match(text, end):
            if given == 2 and not _natural(text, start, base):
                continue
            return base + given
    if usual == 2 or (labelled and usual):
        return base + usual
    return 0


def _lengths(usual: int) -> tuple[int, ...]:
    """Which lengths of a given name to try: a second character that no name has comes last."""
    return (1, 2) if usual == 1 else (2, 1)


def _usual(text: str, start: int) -> int:
    """How many characters from here are usual in given names: 0, 1 or 2."""
    common = _given()
    if start >= len(text) or text[start] not in common:
        return 0
    return 2 if start + 1 < len(text) and text[start + 1] in common else 1


def _natural(text: str, start: int, base: int) -> bool:
    """False where the third character belongs to what follows (张伟患 is 张伟 + 患)."""
    last = text[start + base + 1]
    return not (
        last in "患因系在于被现今的是为和与及等男女住家户" and _FOLLOW.match(text, start + base + 1)
    )


@cache
def _given() -> frozenset[str]:
    return frozenset("".join(words("given")))


@cache
def _stop(char: str) -> tuple[str, ...]:
    return tuple(word for word in words("not_names") if word[0] == char)


def find_names(text: str) -> list[Name]:
    """Names in a normalised text, in order and without overlap; hidden ones (张某) are left out."""
    found: dict[int, Name] = {}
    for match in _LABELLED.finditer(text):
        length = _length(text, match.end(), labelled=True)
        if length:
            found[match.end()] = Name(match.end(), match.end() + length, True)
    for match in _MINORITY.finditer(text):
        found[match.start()] = Name(match.start(), match.end(), False)
    for start in _unlabelled(text):
        length = _length(text, start, labelled=False)
        if length:
            found.setdefault(start, Name(start, start + length, False))
    return _apart(sorted(found.values(), key=lambda name: (name.start, not name.labelled)))


def _unlabelled(text: str) -> Iterator[int]:
    for run in _RUN.finditer(text):
        yield run.start()
        for match in _first().finditer(text, run.start() + 1, run.end()):
            if _LEFT.search(text[max(0, match.start() - 6) : match.start()]):
                yield match.start()


def _apart(names: list[Name]) -> list[Name]:
    kept: list[Name] = []
    for name in names:
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
        elif name.labelled and not kept[-1].labelled:
            kept[-1] = name
    return kept
