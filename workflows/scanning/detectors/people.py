"""Minors and illness beside a name, and names beside a number.

Minors: 未成年人保护法 Art 103, 个人信息保护法 Art 31; illness: 个人信息保护法 Art 28 (sensitive).
What is found is the name: masked to the family name, the passage no longer points at anybody.
"""

import datetime
import re
from collections.abc import Iterator

from ..kinds import Hit, Kind, Severity
from .illnesses import illness
from .names import Name

ADULT = 18
_AGE = re.compile(
    r"(?<![\d.\-至到])(\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])\s?(?:周岁|岁|个月大|月龄)(?![以及至到~\-]|[上下])"
    r"|年龄\s?[:：]?\s?(\d{1,2})(?!\d|[以及至到~\-])"
)
_BORN = re.compile(
    r"((?:19|20)\d\d)\s?[年.\-/]\s?(\d{1,2})(?:\s?[月.\-/]\s?\d{0,2}日?)?\s?(?:出生|生(?![产活效]))"
)
_BORN_YEAR = re.compile(r"((?:19|20)\d\d)\s?年?()(?:出生|生(?![产活效]))")
_BORN_LABEL = re.compile(
    r"(?:出生(?:日期|年月|时间)?|生于|生日)\s?[:：]?\s?((?:19|20)\d\d)\s?[年.\-/]?\s?(\d{1,2})?"
)
_CHILD_BEFORE = re.compile(
    r"(?:未成年(?:人|子女|孩子|学生|被害人|当事人|犯罪嫌疑人)?|留守儿童|困境儿童|事实无人抚养儿童|孤儿|儿童|幼儿|婴儿|婴幼儿|新生儿|弃婴|"
    r"[男女]婴|小学生|初中生|高中生|中学生|(?<![大专])学生(?:姓名)?|[男女]童|[男女]孩|男生|女生|患儿|幼童|小朋友|少年|少女|被监护人|"
    r"在校生|[一二三四五六七八九]年级(?:\(?\d+\)?班)?(?:的)?(?:学生|同学)?|[大中小]班(?:的)?(?:幼儿|小朋友)?|(?:高|初)[一二三](?:\(?\d+\)?班)?(?:学生|的)?|儿童姓名|幼儿姓名|孩子(?:姓名)?)"
    r"(?:姓名)?[\s:：(（“是为叫名]{0,3}$"
)
_CHILD_AFTER = re.compile(
    r"^(?:同学|小朋友|[\s(（,，]{0,2}(?:系)?未成年|[(（,，\s]*(?:[男女][,，]\s?)?(?:系|是|为|就读于?|在读于?|现?读于?|上|在|[:：]?)?[^。;；\n,，、]{0,14}"
    r"(?:小学(?!教师|老师|校长|任教)|幼儿园(?!园长|教师|老师)|初中(?!教师|老师|文化|学历|毕业)|[一二三四五六七八九]年级(?!班主任|教师|老师|组长)|[大中小]班(?!老师|教师)|[初高][一二三])|[^。;；\n、]{0,24}(?:就读|在读)[^。;；\n,，、]{0,12}(?:小学|幼儿园|初中|[一二三四五六七八九]年级))"
)
_TEACHER = re.compile(
    r"老师|教师|校长|园长|主任|院长|辅导员|班主任|任教|支教|书记|局长|所长|主席|志愿者|社工|家长|监护人|护士|医生|教授|法官|检察官|民警|毕业|退休|代表|捐|负责人|记者|编辑|审核"
)
_STAFF_BEFORE = re.compile(
    r"(?:医生|医师|主任|院长|教授|专家|护士长?|老师|局长|县长|镇长|乡长|市长|书记|主席|记者|讲师|主讲人?|通讯员|秘书长|校长|园长|负责人|法定代表人|"
    r"联系人|经办人|会长|董事长|经理|部长|科长|所长|作者|编辑|校对|审核|监制|供稿|摄影|志愿者|代表|委员|药师|研究员|博士|干部|律师|大使|主持人|学者)[\s:：]{0,2}$"
)
_STAFF_AFTER = re.compile(
    r"^[(（\s]?(?:副)?(?:主任|医生|医师|大夫|委员|代表|理事|律师|院长|教授|专家|护士|老师|局长|副?县长|副?镇长|副?乡长|书记|主席|记者|研究员|博士|为[大群居村]|给[大群居村]|向[大群居村]|主讲|讲解|介绍|指出|强调|表示|作[了]?|在[^,，。]{0,12}(?:讲座|会上|义诊)|带队|牵头|主持|主治|担任|随访|提醒|走访|看望|调研|签约|陪护|慰问|捐|出席|发起|代理|部署|启动|解读|分管|任|接诊|擅长|获)"
)
_LINK = re.compile(
    r"患|罹|确诊|诊断|查出|病|残疾|残|手术|住院|治疗|化疗|透析|发作|死于|去世|感染|因|后遗症|瘫|情况|原因|类别|[:：(（]|智力|精神|检出|阳性|携带"
)
_ENDS = re.compile(r"[。;!?\n]")
_ILLNESS_REACH = 32
_NOT_ILL = re.compile(
    r"防治|预防|筛查|宣传|知识|讲座|义诊|防控|疫苗|保险|科普|健康教育|管理工作|专科|科室|门诊|病房|药品|项目|指南|基金会|协会|调研|培训|研究|协作|(?:医院|中心|病房)(?:院长|主任)"
)


def _han(number: str) -> int:
    if number.isdigit():
        return int(number)
    digits = {char: index for index, char in enumerate("零一二三四五六七八九")}
    tens, _, ones = number.rpartition("十")
    if "十" not in number:
        return digits[number]
    return (digits[tens] if tens else 1) * 10 + (digits[ones] if ones else 0)


def _young_spots(text: str) -> Iterator[int]:
    for match in _AGE.finditer(text):
        if "个月大" in match.group() or _han(match.group(1) or match.group(2)) < ADULT:
            yield match.start()
    today = datetime.date.today()
    for pattern in (_BORN, _BORN_YEAR, _BORN_LABEL):
        for match in pattern.finditer(text):
            month = min(max(int(match.group(2) or 12), 1), 12)
            if (today.year - int(match.group(1))) * 12 + today.month - month < ADULT * 12:
                yield match.start()


def sentence(text: str, spot: int) -> tuple[int, int]:
    """The bounds of the sentence around `spot`."""
    start = max(
        (match.end() for match in _ENDS.finditer(text, max(0, spot - 120), spot)),
        default=max(0, spot - 120),
    )
    end = _ENDS.search(text, spot)
    return start, end.start() if end else len(text)


_ABOUT_PERSONS = re.compile(
    r"岁|年龄|月大|月龄|出生|生于|生日|[年月日]生|未成年|童|孤儿|幼|婴|小学|[初高]中|中学|学生|少年|少女|[男女]生|孩|患儿|"
    r"年级|[大中小]班|被监护|小朋友|同学|就读|在读|在校|[初高][一二三]"
)


def speaks_of_persons(text: str) -> bool:
    """False where nothing is said of age, school or health, so that names need not be looked for."""
    return bool(_ABOUT_PERSONS.search(text) or illness().search(text))


def find_minors(text: str, names: list[Name]) -> Iterator[Hit]:
    """Names of people under 18."""
    young = sorted(_young_spots(text)) if names else []
    for index, name in enumerate(names):
        before = text[max(0, name.start - 14) : name.start]
        after = text[name.end : name.end + 36]
        following = names[index + 1].start if index + 1 < len(names) else len(text)
        aged = any(
            name.end <= spot <= min(name.end + 26, following)
            and not _ENDS.search(text, name.end, spot)
            for spot in young
        )
        led = any(0 < name.start - spot <= 8 for spot in young) and not _TEACHER.search(before)
        called = _CHILD_BEFORE.search(before)
        clause = re.split(r"[,，。;；\n]", after)[0]
        schooled = _CHILD_AFTER.match(text[name.end : min(following, name.end + 36)])
        if (
            schooled
            and not after.startswith(("同学", "小朋友"))
            and (
                _TEACHER.search(schooled.group())
                or _TEACHER.search(clause)
                or _STAFF_BEFORE.search(before)
            )
        ):
            schooled = None
        if called and (
            _TEACHER.match(after)
            or re.match(r"(?:的)?(?:父亲|母亲|家长|监护人|爷爷|奶奶|班主任)", after)
        ):
            called = None
        if aged or led or called or schooled:
            rule = "minor.age" if aged or led else "minor.school"
            yield Hit(Kind.MINOR, rule, name.start, name.end, Severity.HIGH)


def find_illness(text: str, names: list[Name]) -> Iterator[Hit]:
    """Names of people of whom the same sentence says an illness."""
    if not names:
        return
    for name in names:
        start, end = sentence(text, name.start)
        if _STAFF_BEFORE.search(
            text[max(start, name.start - 8) : name.start]
        ) or _STAFF_AFTER.match(text[name.end : end]):
            continue
        behind = illness().finditer(text, name.end, min(end, name.end + _ILLNESS_REACH))
        ahead = illness().finditer(text, max(start, name.start - _ILLNESS_REACH), name.start)
        for ill in (*behind, *ahead):
            if _linked(text, name, ill, start, end):
                yield Hit(
                    Kind.ILLNESS, "illness.name", name.start, name.end, Severity.HIGH, ill.group()
                )
                break


def _linked(text: str, name: Name, ill: re.Match[str], start: int, end: int) -> bool:
    if ill.start() >= name.end:
        between = text[name.end : ill.start()]
        close = len(between) <= 8 and "、" not in between
        return (close or bool(_LINK.search(between))) and not _NOT_ILL.search(
            between + text[ill.end() : min(end, ill.end() + 6)]
        )
    between = text[ill.end() : name.start]
    patient = (
        re.search(r"患者|病人|患儿|病例|感染者|携带者|的|残疾人|患[有上]?", between)
        or name.labelled
    )
    return bool(patient) and len(between) <= 10 and not _NOT_ILL.search(between)
