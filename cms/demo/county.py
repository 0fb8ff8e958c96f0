"""The fictional county 青禾县: its organs, its identity and the people who work there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from wagtail.models import Site

from catalogue_standards.enums import OrganKind
from catalogue_standards.models import Organ
from cms.models import SiteIdentity
from workflows.actions.assign import AssignRoleAction
from workflows.enums import Role

PASSWORD = "qinghe-demo-2026"
COUNTY = "青禾县"

TOWNSHIPS = {
    "linjiang": ("临江镇", "临政"),
    "qingshan": ("青山镇", "山政"),
    "shiqiao": ("石桥镇", "石政"),
    "liuhe": ("柳河镇", "柳政"),
    "wanghu": ("望湖乡", "望政"),
    "baiyun": ("白云乡", "云政"),
}
#: Offices above the organs: username, names, role, organ.
OFFICERS = [
    ("baomi", "沈", "静安", Role.CONFIDENTIALITY_REVIEWER, "office"),
    ("qianfa", "顾", "远山", Role.SIGNATORY, "government"),
    ("yingji", "宋", "守正", Role.EMERGENCY_PUBLISHER, "office"),
    ("mulu", "许", "知微", Role.CATALOGUE_ADMIN, "office"),
    ("mulu-shenhe", "谢", "明澈", Role.CATALOGUE_ADMIN, "office"),
    ("linjiang-mulu", "潘", "清和", Role.TOWNSHIP_CATALOGUE, "linjiang"),
    ("xitong", "方", "志和", Role.SYSTEM_ADMIN, "office"),
    ("anquan", "邵", "明川", Role.SECURITY_ADMIN, "office"),
    ("shenji", "陆", "听雨", Role.AUDITOR, "office"),
]
#: They act for every organ, so they sit with the government, above all of them.
OVER_ALL = (Role.CONFIDENTIALITY_REVIEWER, Role.SIGNATORY, Role.EMERGENCY_PUBLISHER)
FAMILY = "林程苏罗唐韩曹袁邓许傅吕沈姚卢姜崔钟谭陆汪范石廖贾夏韦方"
GIVEN = ("文心", "晓岚", "立言", "若谷", "思齐", "子墨", "书宁")


@dataclass(frozen=True)
class Staff:
    """The two people of an organ who begin every piece: its drafter and its head."""

    drafter: User
    head: User


def make_county() -> None:
    """Name the starter's generic organs after the county, and add its townships."""
    for number, organ in enumerate(Organ.objects.all()):
        if organ.kind != OrganKind.TOWNSHIP and organ.name.startswith("县"):
            organ.name = COUNTY + organ.name.removeprefix("县")
            organ.short_name = organ.short_name if organ.kind != OrganKind.COUNTY else "县政府"
        _give_contacts(organ, number)
        organ.save()
    root = Organ.objects.get(code="government")
    for number, (code, (name, prefix)) in enumerate(TOWNSHIPS.items(), start=60):
        if not Organ.objects.filter(code=code).exists():
            organ = Organ(
                code=code,
                name=f"{COUNTY}{name}人民政府",
                short_name=name,
                kind=OrganKind.TOWNSHIP,
                number_prefix=prefix,
            )
            _give_contacts(organ, number)
            # treebeard moves its own copy of the parent along.
            Organ.objects.get(pk=root.pk).add_child(instance=organ)
    _identify_site()


def _give_contacts(organ: Organ, number: int) -> None:
    organ.organ_code = organ.organ_code or f"0099{number:04}"
    organ.phone = organ.phone or f"0000-8100{number:03}"
    organ.address = organ.address or f"{COUNTY}青禾大道{number + 1}号"
    organ.office_hours = organ.office_hours or "工作日 08:30-12:00，14:30-17:30"


def _identify_site() -> None:
    identity = SiteIdentity.for_site(Site.objects.get(is_default_site=True))
    identity.name = f"{COUNTY}人民政府"
    identity.seal = "禾"
    identity.domain = "qinghe.example"
    identity.identification_code = "0000000000"
    identity.sponsor = f"{COUNTY}人民政府办公室"
    identity.operator = f"{COUNTY}政务公开办公室"
    identity.phone = "0000-8100001"
    identity.icp_number = "×ICP备00000000号"
    identity.police_number = "×公网安备00000000000000号"
    identity.popular_searches = "义务教育招生 低保标准 征地补偿 公租房 种粮补贴"
    identity.save()


def make_people() -> dict[str, Staff]:
    """A drafter and a head for every organ, and the offices above; returns staff by organ code."""
    staff = {}
    for number, organ in enumerate(Organ.objects.in_use()):
        family = FAMILY[number % len(FAMILY)]
        drafter = _person(f"{organ.code}-nigao", family, GIVEN[number % len(GIVEN)])
        head = _person(
            f"{organ.code}-shenhe",
            FAMILY[(number + 11) % len(FAMILY)],
            GIVEN[(number + 3) % len(GIVEN)],
        )
        AssignRoleAction(drafter, Role.DRAFTER, organ).execute()
        AssignRoleAction(head, Role.DEPARTMENT_REVIEWER, organ).execute()
        staff[organ.code] = Staff(drafter, head)
    for username, family, given, role, code in OFFICERS:
        seat = "government" if role in OVER_ALL else code
        person = _person(username, family, given)
        AssignRoleAction(person, role, Organ.objects.get(code=seat)).execute()
    return staff


@cache
def _hashed() -> str:
    # Hashing is slow on purpose; sixty accounts with one password need it once.
    return make_password(PASSWORD)


def _person(username: str, family: str, given: str) -> User:
    # Chinese names are one word, family name first; Wagtail would turn two fields round.
    user, _created = get_user_model().objects.get_or_create(
        username=username, defaults={"first_name": family + given, "password": _hashed()}
    )
    return user
