"""Home addresses to the door. The address of an office is open (条例 Art 12: 办公地址).

An address counts when it reaches a door (room, building, house number) and something says that
people live there: the word 住, a compound with units, a village group, or a name beside it.
"""

import re
from collections.abc import Iterator

from ..kinds import Hit, Kind, Severity
from .names import Name

_N = r"(?:\d{1,5}|[一二三四五六七八九十百]{1,4}|[A-Za-z甲乙丙丁东西南北]\d{0,3})"
_HEAD = (
    r"(?:[\u4e00-\u9fff]{2,7}(?:省|自治区))?(?:[\u4e00-\u9fff]{2,8}?(?:市|地区|自治州|盟))?"
    r"(?:[\u4e00-\u9fff]{1,7}?(?:(?<![社小新])区|县|旗|市))?(?:[\u4e00-\u9fff]{1,7}?(?:镇|乡|街道(?:办事处)?|办事处|苏木))?"
)
_STREET = r"(?:[\u4e00-\u9fff0-9]{1,10}?(?:路|街|大道|大街|巷|胡同|弄|里|条|道)(?:[东西南北中]段|[一二三四五六七八九十东西南北]+(?:路|街|巷|段))?)"
_VILLAGE = r"(?:[\u4e00-\u9fff]{1,10}?(?:村委会|行政村|自然村|村|社区|屯|寨|庄|嘎查|居委会|大队))"
_GROUP = rf"(?:(?:第?{_N}|[\u4e00-\u9fff]{{1,4}})(?:村民小组|小组|组|队|社|屯|片))"
_NUMBER = rf"(?:(?:{_N}弄)?附?{_N}(?:-\d{{1,4}})?(?:号院|号|院)(?:附\d+号|之[一二三四五\d]+)?)"
_ESTATE = r"(?:[\u4e00-\u9fffA-Za-z0-9·]{1,12}?(?:小区|花园|家园|公寓|新村|苑|家属院|家属楼|宿舍|安置房|安置区|新区|新城|华庭|名邸|城邦|府邸|府|庭|湾|郡|公馆|城|嘉园|园|里|居|坊|大院|安居点|集中居住点|社区)(?:[一二三四五六七八九十东西南北A-Z]{1,2}[区期院苑])?)"
_BLOCK = rf"(?:第?{_N}\s?(?:号楼|栋|幢|座|#楼?|号住宅楼|楼(?!\d?层)))"
_UNIT = rf"(?:{_N}\s?(?:单元|门|梯))"
_ROOM = rf"(?:(?:{_N}\s?(?:层|楼)\s?)?(?:\d{{2,4}}|{_N}[号]?)\s?(?:室|户|号房|号(?!楼|院)|房)|{_N}层[东西中]户|[东西中南北]户)"
_DASHED = r"(?:\d{1,3}\s?[-#]\s?\d{1,2}\s?-\s?\d{2,4})"
_ADDRESS = re.compile(
    rf"{_HEAD}\s?(?:"
    rf"(?P<village>{_VILLAGE}\s?(?:{_VILLAGE}\s?)?{_GROUP}?\s?(?:{_STREET}|[\u4e00-\u9fff]{{1,3}})?(?:{_NUMBER}|门牌{_N}号?))"
    rf"|(?P<estate>(?:{_STREET}\s?{_NUMBER}?\s?)?{_ESTATE}\s?(?:{_BLOCK}\s?{_UNIT}?\s?(?:{_ROOM}|\d{{3,4}})|{_BLOCK}\s?{_UNIT}|{_DASHED}(?:室|号)?))"
    rf"|(?P<block>{_STREET}\s?(?:{_NUMBER}\s?)?(?:{_ESTATE}\s?)?(?:{_BLOCK}\s?{_UNIT}?\s?(?:{_ROOM}|\d{{3,4}})|{_UNIT}\s?(?:{_ROOM}|\d{{3,4}})|{_DASHED}(?:室|号)?))"
    rf"|(?P<street>{_STREET}\s?{_NUMBER}(?:\s?{_ROOM})?)"
    rf"|(?P<hall>{_ESTATE}\s?{_ROOM})"
    rf")"
)
_HINT = re.compile(
    r"[0-9A-Za-z一二三四五六七八九十百甲乙丙丁东西南北中]\s?(?:号|室|户|栋|幢|座|楼|单元|门|组|队|社|屯|房|弄|[-#]\s?\d)"
)
_HOME = re.compile(
    r"(?:家庭|居住|现居|户籍|户口|常住|暂住|实际居住|经常居住|现住|本人|通讯|通信|邮寄|发件|收件|收货|联系|身份证|租住|房屋|送达|家)人?(?:所在|登记|)?(?:地址|住址|地|住所)"
    r"|房屋(?:坐落|位于|地址)|住址|住所(?!地)|现住|家住|租住|居住[于在]|暂住|搬[到至入]|住(?:在|于|进|[^房建院宿户保宅所持]|$)|住$|户籍|家在|门牌"
)
_OFFICE = re.compile(
    r"(?:单位|企业|公司|法人|机构)住所|办公(?:地址|地点|场所|室|楼|区)|单位地址|机构地址|注册地址|注册地|经营(?:地址|场所|地)|营业(?:地址|场所)|生产地址|"
    r"(?:受理|办理|报名|领取|提交|报送|投标|开标|评标|会议|活动|集合|考试|培训|查阅|展示|服务|施工|建设|项目|工程|接访|咨询|"
    r"投递|监测|采样|公示|面试|体检|现场|事发|案发|实施)\s?(?:地址|地点|位置|场所|点|窗口)|项目位于|(?<!房屋)坐落于|片区|范围|"
    r"(?:局|委员会|政府|中心|公司|大厅|办事处|法院|检察院|派出所|学校|中学|小学|幼儿园|医院|卫生院|卫生室|银行|酒店|宾馆|"
    r"饭店|超市|商店|药店|餐馆|厂|店|站|馆|(?<!住)所(?!在)|处|院|协会|合作社|事务所|党群服务中心|图书馆|仓库|商铺|门面|网点|支行|部)"
    r"\s?(?:[(（,，]?\s?(?:位于|地处|设在|设于|坐落在?|[^,，。;；]{0,4}(?:地址|住所)|地点|在)|[:：,，(（]\s*$|\s*$)"
)
_OFFICE_AFTER = re.compile(
    r"^[\s,，(（]*(?:[至到、]|停[水电暖气]|[\u4e00-\u9fff]{0,12}?(?:局|委员会|政务|政府|中心|公司|大厅|法院|检察院|派出所|学校|中学|小学|幼儿园|医院|卫生院|卫生室|"
    r"银行|酒店|宾馆|饭店|超市|商店|药店|餐馆|会议室|窗口|办公|大厦|写字楼|综合楼|广场|仓库|商铺|门面|支行|工地|厂区|厂房|厂|店|馆|"
    r"站|路口|交叉口|附近|对面|门口|信访|接待|二楼|三楼))"
)
_WORKS_AFTER = re.compile(
    r"^[\s,，(（]*[\u4e00-\u9fff]{0,8}?(?:路段|道路|管网|污水|排水|绿化|路灯|加装电梯|改造|外墙|屋面|维修|地块|宗地|硬化|规划)"
)
_AFTER_HOME = re.compile(
    r"^\s*(?:的)?(?:居民|住户|业主|村民|房屋|住房|租户|家中|家里|家属|户主|[(（]?(?:自住|租住|家庭住址))"
)
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}\)?[- ]?\d{7,8}(?!\d)")
_AREA_PUBLIC = re.compile(r"(?:国道|省道|县道|高速|公交|桩号|K\d)")


def has_address(text: str) -> bool:
    """False where no address can be: nothing is counted in houses, rooms or groups."""
    return bool(_HINT.search(text))


def find_addresses(text: str, names: list[Name]) -> Iterator[Hit]:
    """Addresses that lead to a home's door, in a normalised text."""
    if not has_address(text):
        return
    for match in _ADDRESS.finditer(text):
        start = _clean_start(text, match.start(), match.end())
        score = _score(text, match, start, names)
        if score >= 2:
            severity = Severity.HIGH if score >= 4 else Severity.MEDIUM
            yield Hit(Kind.ADDRESS, f"address.{match.lastgroup}", start, match.end(), severity)


def _score(text: str, match: re.Match[str], start: int, names: list[Name]) -> int:
    before = text[max(0, start - 24) : start].rpartition("\n")[2]
    before = re.split(r"[。;；!?]", before)[-1]
    inside = text[match.start() : start]
    score = {"village": 1, "estate": 2, "block": 2, "street": 0, "hall": 0}[
        match.lastgroup or "street"
    ]
    if re.search(r"单元|家属院|家属楼|宿舍|安置房", match.group()):
        score += 1
    if match.lastgroup == "village" and re.search(_GROUP, match.group()):
        score += 1
    if _HOME.search(before + inside):
        score += 2
    if _AFTER_HOME.match(text[match.end() : match.end() + 12]):
        score += 1
    after = text[match.end() : match.end() + 20]
    named = any(
        start - 16 <= name.start < start or 0 <= name.start - match.end() <= 6 for name in names
    )
    score += named
    if _LANDLINE.search(before) or _LANDLINE.search(after):
        score -= 2
    if _OFFICE.search(before + inside):
        score -= 3
    works = not named and _WORKS_AFTER.match(after)
    if _OFFICE_AFTER.match(after) or works or _AREA_PUBLIC.search(match.group()):
        score -= 3
    return score


_LEAD = re.compile(
    r"^.*?(?:家庭住址|居住地址|现居住地|住址|地址|户籍所在地为?|户口所在地为?|户籍地|坐落于?|地址|户籍|现住址?|家住|租住在?|暂住于?|居住[于在]|住所地?|位于|"
    r"住在|住于|搬[到至入]|邮寄至|寄往|送达至|坐落于|家在|一家住|本人住|其住|[系是为在到至于]|(?<![居常暂])住)(?=[\u4e00-\u9fff]{2})"
)


def _clean_start(text: str, start: int, end: int) -> int:
    while (lead := _LEAD.match(text[start:end])) and end - start - lead.end() >= 4:
        start += lead.end()
    return start
