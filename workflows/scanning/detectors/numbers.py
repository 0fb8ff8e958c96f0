"""Resident identity numbers, mobile numbers and bank cards.

GB 11643-1999: 17 digits and a check digit; before 1999, 15 digits without one. The checksums are
python-stdnum's. A number of which a part is starred out is found when it still shows more than
the masking rule leaves.
"""

import datetime
import re
from collections.abc import Iterator

from stdnum import luhn
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from ..kinds import Hit, Kind, Severity
from .chains import Candidate, chains
from .context import before, denied, near

_ID_LABEL = re.compile(
    r"身份证|身份号码|公民身份|证件号|证件编号|证号[:：]?\s*$|ID\s*(?:No|号|card)", re.I
)
_CARD_LABEL = re.compile(
    r"卡号|银行卡|账号|帐号|账户|帐户|一卡通|一折通|存折|折号|开户|储蓄卡|借记卡|信用卡|工资卡|社保卡|打卡|银联|收款"
)
_PERSONAL_CARD = re.compile(r"卡号|银行卡|一卡通|一折通|储蓄卡|借记卡|信用卡|工资卡|社保卡")
_ORGAN = (
    r"[^,，。;；\n]{0,30}?(?:局|委员会|办公室|政府|中心|公司|管理处|管理所|专户|学校|小学|中学|幼儿园|医院|"
    r"卫生院|合作社|协会|基金会|总站|支队|大队|法院|国库|财政所|工会|商会|红十字会|慈善总会|厂|集团|事务所)"
)
_ORGAN_ACCOUNT = re.compile(
    rf"(?:户名|账户名称|帐户名称|账户名|收款单位|收款人|收款方|开户名称|开户单位|单位名称|户主名称|全称|收款名称)"
    rf"[^,，。;；\n]{{0,4}}?[:：\s]\s*{_ORGAN}"
    r"|对公|专用账户|专户|国库|基本户|一般户|基本存款|非税|保证金|捐赠账户|捐款账户|缴款|代收|工会经费"
)
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_PHONE_LABEL = re.compile(r"手机|电话(?!费)|联系方式|微信|致电")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_MOBILE_GROUPS = {
    (3, 4, 4),
    (3, 3, 5),
    (4, 3, 4),
    (3, 8),
    (7, 4),
    (3, 5, 3),
    (5, 6),
    (4, 4, 3),
    (3, 3, 3, 2),
}
_OLD_ID_GROUPS = {(6, 6, 3), (3, 3, 3, 3, 3), (5, 5, 5), (6, 9)}
_CARD_GROUPS = re.compile(
    r"(?:4,){3}[4](?:,[1-3])?|6,10|6,13|(?:4,){3}[5-7]|8,8|8,11|5,5,5,4|6,4,4,[2-5]"
)
_EARLIEST = 1900


def _date(year: str, month: str, day: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def birth_date(digits: str) -> datetime.date | None:
    """The birth date in an identity number of 18 or 15 digits, or None where there is none."""
    if len(digits) == 15:
        return _date("19" + digits[6:8], digits[8:10], digits[10:12])
    born = _date(digits[6:10], digits[10:12], digits[12:14])
    return born if born and _EARLIEST <= born.year <= datetime.date.today().year else None


def _id_card(text: str, it: Candidate) -> Hit | None:
    digits = it.digits.upper()
    if it.starred:
        return _starred_id(text, it, digits)
    if digits[:2] not in _PROVINCES:
        return None
    labelled = before(_ID_LABEL, text, it.start, 24)
    if len(digits) == 18 and birth_date(digits):
        checked = ric.calc_check_digit(digits) == digits[-1]
        if checked and not (denied(text, it.start, it.end) and not _located(digits)):
            return Hit(Kind.ID_CARD, "id_card.18", it.start, it.end, Severity.HIGH)
        if labelled and not checked:
            return Hit(Kind.ID_CARD, "id_card.check_digit", it.start, it.end, Severity.MEDIUM)
    if len(digits) == 15 and digits.isdigit() and (it.whole or it.groups in _OLD_ID_GROUPS):
        if not birth_date(digits) or denied(text, it.start, it.end):
            return None
        if labelled or _located(digits[:6] + "19" + digits[6:]):
            return Hit(Kind.ID_CARD, "id_card.15", it.start, it.end, Severity.HIGH)
    return None


def _located(digits: str) -> bool:
    try:
        return bool(ric.get_birth_place(digits))
    except ValidationError:
        return False


def _starred_id(text: str, it: Candidate, digits: str) -> Hit | None:
    shown = sum(char.isdigit() for char in digits)
    if shown <= 7 or digits[:2] not in _PROVINCES or len(digits) > 18:
        return None
    labelled = before(_ID_LABEL, text, it.start, 24)
    if not labelled and (len(digits) not in (15, 18) or denied(text, it.start, it.end)):
        return None
    return Hit(Kind.ID_CARD, "id_card.starred", it.start, it.end, Severity.LOW)


def _mobile(text: str, it: Candidate) -> Hit | None:
    digits, groups = it.digits, it.groups
    for trunk in ("0086", "86"):
        if digits.startswith(trunk) and len(digits) == 11 + len(trunk):
            digits = digits[len(trunk) :]
            groups = groups[1:] if groups[0] == len(trunk) else (11,)
    if len(digits) == 12 and digits.startswith("01") and it.whole:
        digits, groups = digits[1:], (11,)
    if len(digits) != 11 or digits[0] != "1" or digits[1] not in "3456789":
        return None
    if not (len(groups) == 1 or set(groups) == {1} or groups in _MOBILE_GROUPS):
        return None
    if denied(text, it.start, it.end) and not before(_PHONE_LABEL, text, it.start, 8):
        return None
    if _MOBILE.fullmatch(digits):
        return Hit(Kind.MOBILE, "mobile.number", it.start, it.end, Severity.HIGH)
    if sum(char.isdigit() for char in digits) > 7 and digits[:3].isdigit():
        return Hit(Kind.MOBILE, "mobile.starred", it.start, it.end, Severity.LOW)
    return None


def _bank_card(text: str, it: Candidate) -> Hit | None:
    digits = it.digits
    labelled = near(_CARD_LABEL, text, it.start, it.end, 24)
    if it.starred:
        shown = sum(char.isdigit() for char in digits)
        if (
            labelled
            and before(_PERSONAL_CARD, text, it.start, 16)
            and shown > 4
            and len(digits) >= 9
            and digits[0] in "34569"
        ):
            return Hit(Kind.BANK_CARD, "bank_card.starred", it.start, it.end, Severity.LOW)
        return None
    if not 16 <= len(digits) <= 19 or not digits.isdigit():
        return None
    if not it.whole and not _CARD_GROUPS.fullmatch(",".join(map(str, it.groups))):
        return None
    if denied(text, it.start, it.end) or near(_ORGAN_ACCOUNT, text, it.start, it.end, 60):
        return None
    if luhn.is_valid(digits):
        if digits.startswith("62") or (labelled and digits[0] in "34569"):
            return Hit(Kind.BANK_CARD, "bank_card.luhn", it.start, it.end, Severity.HIGH)
    elif digits.startswith("62") and before(_PERSONAL_CARD, text, it.start, 12):
        return Hit(Kind.BANK_CARD, "bank_card.check_digit", it.start, it.end, Severity.MEDIUM)
    return None


def find_numbers(text: str) -> Iterator[Hit]:
    """Identity numbers, mobile numbers and bank cards in a normalised text."""
    for candidates in chains(text):
        taken = -1
        for candidate in candidates:
            if candidate.start < taken:
                continue
            hit = _classify(text, candidate)
            if hit:
                taken = hit.end
                yield hit


def _classify(text: str, it: Candidate) -> Hit | None:
    return _id_card(text, it) or _mobile(text, it) or _bank_card(text, it)
