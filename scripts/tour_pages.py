"""The pages of the tour: docs/tour.md leads to one page for the public site and for each role."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from html import escape
from itertools import groupby
from urllib.parse import unquote

from django.utils import translation

from cms.demo.county import OFFICERS
from tests.journeys.site import ROOT
from workflows.enums import Role

FOLDER = ROOT / "docs" / "screens" / "tour"
INDEX = ROOT / "docs" / "tour.md"
PAGES = ROOT / "docs" / "tour"
PUBLIC = "public"
ROLES = {
    "civil-affairs-nigao": Role.DRAFTER,
    "civil-affairs-shenhe": Role.DEPARTMENT_REVIEWER,
    **{username: role for username, _family, _given, role, _organ in OFFICERS},
}
#: What each does, in a sentence.
DUTIES = {
    Role.DRAFTER: "writes pieces under the items that the department answers for, and submits them.",
    Role.DEPARTMENT_REVIEWER: "reads what the department's drafters submit, first of the three.",
    Role.CONFIDENTIALITY_REVIEWER: "settles every finding, determines what may be public, looks back.",
    Role.SIGNATORY: "signs, last of the three; takes down, ends and moves what is public.",
    Role.CATALOGUE_ADMIN: "revises the standard catalogue and puts its editions in force.",
    Role.TOWNSHIP_CATALOGUE: "takes a township's part of the catalogue.",
    Role.EMERGENCY_PUBLISHER: "publishes what cannot wait; it is reviewed afterwards.",
    Role.AUDITOR: "reads what everybody did, and changes nothing.",
    Role.SECURITY_ADMIN: "gives and takes away roles.",
    Role.SYSTEM_ADMIN: "keeps the system's settings, files and the search's words.",
}
#: Screens of the desk that are shown on a phone too, by the beginning of their names.
DESK_PHONE = (
    "home:",
    "review:",
    "edit:",
    "in force",
    "cms_",
    "workflows_",
    "catalogue_editions:index",
    "catalogue_editions:changes",
    "catalogue_items:table",
    "catalogue_townships:",
)
#: Screens whose own heading is the name of what they show, or of who looks at it.
NAMES = {
    "home:": "首页 · Home",
    "edit:PolicyPage": "起草政策文件 · Drafting a policy",
    "edit:InterpretationPage": "起草解读 · Drafting an interpretation",
    "edit:DisclosurePage": "起草公开内容 · Drafting a piece",
    "review:": "审查 · Review",
    "workflows_review": "审查（已办结） · Review, concluded",
    "workflows_piece": "已公开的内容 · A public piece",
    "workflows_publication": "公开登记 · An entry of the register",
    "workflows_revisited": "回头看 · Second look",
    "workflows_after_review": "紧急公开补审 · Review afterwards",
    "workflows_emergency_publish": "紧急公开 · Emergency publication",
    "cms_duty": "公开任务 · A duty",
    "catalogue_townships:township": "乡镇目录 · A township's catalogue",
    "HomePage": "首页 · Home",
    "DomainPage": "领域 · A domain",
    "ItemPage": "公开事项，尚未公开 · An item, nothing published yet",
    "item:published": "公开事项 · An item",
    "DisclosurePage": "公开内容 · A piece",
    "disclosure:files": "公开内容，有表格 · A piece with tables",
    "GeneralPage": "文章 · An article",
    "PolicyPage": "政策文件 · A policy",
    "policy:": "政策文件 · A policy",
    "InterpretationPage": "政策解读 · An interpretation",
    "interpretation:": "政策解读 · An interpretation",
    "TopicPage": "一件事专题 · A topic",
    "error:": "出错时 · When something is wrong",
    "gone": "已撤下 · Taken down",
    "search:results": "搜索结果 · Results of a search",
    "search:none": "没有全部词语的结果 · Nothing holds all words",
    "search:advanced": "搜索：标题、日期 · Search in titles, newest first",
    "catalogue:filtered": "目录筛选 · The catalogue, filtered",
}
#: The public site's chapters: its screens by the beginning of their names.
CHAPTERS = {
    "Home and search": ("HomePage", "search"),
    "The standard catalogue": ("CataloguePage", "DomainPage", "ItemPage", "item", "catalogue"),
    "Pieces under the catalogue": ("DisclosurePage", "disclosure", "gone"),
    "Policies and their interpretations": ("Policy", "policy", "Interp", "interp", "compare"),
    "The disclosure platform": ("PlatformPage", "SectionPage", "section", "GeneralPage"),
    "Topics and figures": ("Topic", "Figures", "figures"),
    "Data, and what cannot be shown": ("open data", "error"),
}


@dataclass(frozen=True)
class Shot:
    """A picture that was taken: `title` is the screen's own heading, `seen` its first subheadings."""

    stem: str
    group: str
    screen: str
    address: str
    language: str
    phone: bool
    title: str
    seen: list[str]

    @property
    def alt(self) -> str:
        size = ("phone" if self.phone else "desktop", "English" if self.english else "Chinese")
        shows = f": {' · '.join(self.seen)}" if self.seen else ""
        return escape(f"{self.title} ({', '.join(size)}){shows[:160]}", quote=True)

    @property
    def english(self) -> bool:
        return self.language == "en"


def write(shots: list[Shot], menus: dict[str, list[str]]) -> None:
    """All pages anew; `menus` gives the addresses that each account's menu offers."""
    shutil.rmtree(PAGES, ignore_errors=True)
    PAGES.mkdir()
    groups: dict[str, list[Shot]] = {}
    for shot in shots:
        groups.setdefault(shot.group, []).append(shot)
    where = {shot.address: shot for shot in reversed(shots) if not shot.english}
    for name, of_group in groups.items():
        head = f"# {heading_of(name)}\n\n{sentence_of(name)} [All of the tour](../tour.md).\n"
        chapters = public_chapters(of_group) if name == PUBLIC else {"": of_group}
        body = [
            part
            for title, of_chapter in chapters.items()
            for part in ([f"## {title}\n"] if title else []) + list(screens(of_chapter))
        ]
        also = also_in_the_menu(name, menus, where)
        (PAGES / f"{name}.md").write_text("\n".join([head, *body, *also]), encoding="utf-8")
    INDEX.write_text("\n".join(index(groups)), encoding="utf-8")


def index(groups: dict[str, list[Shot]]) -> list[str]:
    lines = [
        "# A tour in pictures\n",
        "Every screen of the public site and of each role's desk, as Chromium shows it: in Chinese, in English,",
        "and on a phone. `make tour` makes these pages anew from a small county of its own (a quarter of an",
        "hour); stopped, it goes on where it was.\n",
        "| | | screens | pictures |\n|---|---|---:|---:|",
    ]
    order = [PUBLIC, *(role.value.replace("_", "-") for role in DUTIES)]
    for name in [each for each in order if each in groups]:
        shots = groups[name]
        first = next(shot for shot in shots if shot.screen.startswith(("HomePage", "home:")))
        count = len({shot.screen for shot in shots})
        lines.append(
            f"| [![{first.alt}](screens/tour/{first.stem}.webp)](tour/{name}.md) "
            f"| **[{heading_of(name)}](tour/{name}.md)**<br>{sentence_of(name)} "
            f"| {count} | {len(shots)} |"
        )
    return [*lines, ""]


def role_of(group: str) -> Role:
    return Role(group.replace("-", "_"))


def heading_of(group: str) -> str:
    if group == PUBLIC:
        return "公开网站 · The public site"
    with translation.override("zh-hans"):
        chinese = str(role_of(group).label)
    with translation.override("en"):
        return f"{chinese} · {role_of(group).label}"


def sentence_of(group: str) -> str:
    if group == PUBLIC:
        return "What everyone sees, without signing in."
    return f"The desk of whoever {DUTIES[role_of(group)]}"


def public_chapters(shots: list[Shot]) -> dict[str, list[Shot]]:
    chapters = {
        title: [shot for shot in shots if shot.screen.startswith(names)]
        for title, names in CHAPTERS.items()
    }
    rest = [shot for shot in shots if not any(shot in found for found in chapters.values())]
    return chapters | ({"Others": rest} if rest else {})


def screens(shots: list[Shot]) -> list[str]:
    """A heading, the address and the pictures of each screen, the widest first."""
    lines = []
    in_order = {shot.screen: number for number, shot in enumerate(reversed(shots))}
    for _name, found in groupby(
        sorted(shots, key=lambda shot: -in_order[shot.screen]), key=lambda shot: shot.screen
    ):
        of_screen = sorted(found, key=lambda shot: (shot.phone, shot.english))
        lines.append(f'<a id="{anchor(of_screen[0])}"></a>\n\n### {name_of(of_screen)}\n')
        lines.append(f"`{unquote(of_screen[0].address)}`\n")
        wide = 41 if any(shot.phone for shot in of_screen) else 49
        lines.append("<p>" + "\n".join(image(shot, wide) for shot in of_screen) + "</p>\n")
    return lines


def name_of(of_screen: list[Shot]) -> str:
    """The screen's heading in both languages, led by what it is where that does not say so."""
    screen = of_screen[0].screen
    titles = " · ".join(dict.fromkeys(shot.title for shot in of_screen if not shot.phone))
    kind = screen.partition(":")[0] + ":"
    name = NAMES.get(screen) or NAMES.get(kind, "")
    return name if name and kind in ("home:", "edit:") else "：".join(filter(None, (name, titles)))


def anchor(shot: Shot) -> str:
    return shot.stem.rsplit("-", 2)[0]


def image(shot: Shot, wide: int) -> str:
    width = 16 if shot.phone else wide
    file = f"../screens/tour/{shot.stem}.webp"
    return f'<a href="{file}"><img src="{file}" alt="{shot.alt}" width="{width}%" valign="top"></a>'


def also_in_the_menu(group: str, menus: dict[str, list[str]], where: dict[str, Shot]) -> list[str]:
    """Links to the screens that this role's menu offers and that another role's page shows."""
    if group == PUBLIC:
        return []
    offered = next(menus.get(who, []) for who, role in ROLES.items() if role == role_of(group))
    links = [
        f"[{where[address].title}]({where[address].group}.md#{anchor(where[address])})"
        for address in offered
        if address in where and where[address].group != group and address != "/admin/"
    ]
    return [f"In the menu too: {', '.join(links)}.\n"] if links else []
