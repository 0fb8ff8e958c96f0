"""Passports and travel permits, vehicle plates (GA 36-2018) and e-mail addresses."""

import re
from collections.abc import Iterator

from ..kinds import Hit, Kind, Severity
from .chains import STARS
from .context import near

_TRAVEL = re.compile(
    r"护照|通行证|回乡证|台胞证|旅行证|出境|出国|签证|入境|证件|证号|passport", re.I
)
_PASSPORT = re.compile(
    rf"(?<![A-Za-z0-9{STARS}])(?:E[A-HJ-NP-Z]?|[GDSPHMKTL]|C[A-HJ-NP-Z]?)(?:[ -]?[0-9{STARS}]){{7,10}}(?![A-Za-z0-9{STARS}])",
    re.I,
)
_PASSPORT_BODY = re.compile(
    r"(?:E\d{8}|E[A-HJ-NP-Z]\d{7}|G\d{8}|[DSP]\d{7,8}|[DSP]E\d{7}|[HM]\d{8}(?:\d\d)?|[KTLC]\d{8}|C[A-HJ-NP-Z]\d{7})"
)
_NOT_PASSPORT = re.compile(
    r"(?:学生证|工作证|许可证|登记证|残疾证|营业执照|合格证|项目|合同|设备|产品|发票|文件|车辆|标准|编号|型号|批号|"
    r"图号|订单|快递|列车|车次|航班|高速|国道)[^,，。;；\n]{0,8}$"
)
_PLATE = re.compile(
    r"(?<![\u4e00-\u9fffA-Za-z0-9])?[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    rf"[ ]?[A-HJ-NP-Z](?:[ ]?[·•.\-]?[ ]?)((?:[A-HJ-NP-Z0-9{STARS}][ -]?){{4,5}}[A-HJ-NP-Z0-9挂学港澳{STARS}])"
    rf"(?![A-Za-z0-9{STARS}警])"
)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-*])([A-Za-z0-9_][A-Za-z0-9._%+\-*]{0,63})"
    r"( ?@ ?|\s?[\[(]\s?(?:at|@|AT)\s?[\])]\s?|#(?=(?:qq|163|126|gmail|sina|sohu|139|189|foxmail|yeah)\.)| at (?=\w+(?:\.| dot )))"
    r"([A-Za-z0-9][A-Za-z0-9\-]{0,40}(?:(?: ?\. ?| dot |[\[(]dot[\])])[A-Za-z0-9\-]{1,40}){0,4}"
    r"(?: ?\. ?| dot |[\[(]dot[\])])[A-Za-z]{2,12})(?![A-Za-z0-9])"
)


def find_passports(text: str) -> Iterator[Hit]:
    """Chinese passports and permits, where the words beside them speak of travel."""
    for match in _PASSPORT.finditer(text):
        body = re.sub(r"[ -]", "", match.group()).upper()
        if not near(_TRAVEL, text, match.start(), match.end(), 20):
            continue
        if _NOT_PASSPORT.search(text[max(0, match.start() - 16) : match.start()]):
            continue
        if _PASSPORT_BODY.fullmatch(body):
            yield Hit(Kind.PASSPORT, "passport.number", match.start(), match.end(), Severity.HIGH)
        elif sum(char.isdigit() for char in body) > 5 and not body[1:].isdigit():
            yield Hit(Kind.PASSPORT, "passport.starred", match.start(), match.end(), Severity.LOW)


def find_plates(text: str) -> Iterator[Hit]:
    """Plates of five characters, or six for new-energy vehicles; not those of the police."""
    for match in _PLATE.finditer(text):
        body = re.sub(r"[ -]", "", match.group(1))
        shown = sum(char not in STARS for char in body)
        if sum(char.isdigit() for char in body) < (2 if shown == len(body) else 1):
            continue
        if shown == len(body):
            yield Hit(Kind.PLATE, "plate.number", match.start(), match.end(), Severity.MEDIUM)
        elif shown > 2:
            yield Hit(Kind.PLATE, "plate.starred", match.start(), match.end(), Severity.LOW)


def find_emails(text: str) -> Iterator[Hit]:
    """Addresses, also with the @ spelled out; those of an organ (gov.cn) weigh less."""
    for match in _EMAIL.finditer(text):
        if sum(char not in "*" for char in match.group(1)) < 2 and "*" in match.group(1):
            continue
        organ = re.sub(r"\s", "", match.group(3)).lower().endswith("gov.cn")
        rule = "email.organ" if organ else "email.address"
        severity = Severity.LOW if organ else Severity.MEDIUM
        yield Hit(Kind.EMAIL, rule, match.start(), match.end(), severity)
