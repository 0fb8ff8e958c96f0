"""The names that the county knows: its domains, organs, legal bases and channels."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from catalogue_standards.enums import SubjectGroup
from catalogue_standards.files.citing import Citation, read_citation
from catalogue_standards.files.facts import SubjectKey
from catalogue_standards.files.texts import depths
from catalogue_standards.files.words import WORDS, heading_key, plain
from catalogue_standards.models import Channel, Edition, EditionDomain, LegalBasis, Organ

_PLACE = re.compile(r"^(?:县级人民政府|县级|区级|本级|县人民政府|县政府)(?![、，,；;/])")
_BETWEEN = re.compile(r"[、，,；;/]|以及|[和及或与]")
_AFTER_TITLE = re.compile(r"^(?:第|附|及|和|等|[（(])")


@dataclass
class Register:
    """Looks names up, widths and white space aside. A name that two bear is not found under it."""

    domains: dict[str, int] = field(default_factory=dict)
    organs: dict[str, set[SubjectKey]] = field(default_factory=lambda: defaultdict(set))
    bases: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    other_titles: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    channels: dict[str, int] = field(default_factory=dict)

    @classmethod
    def load(cls, edition: Edition | None = None) -> Register:
        """What the database holds now; a domain's name in `edition` goes before that in others."""
        register = cls()
        entries = EditionDomain.objects.order_by("edition__year", "edition__amendment")
        rows = list(entries.values_list("former_name", "name", "domain_id", "edition_id"))
        own = [row for row in rows if edition and row[3] == edition.pk]
        for former_name, _name, domain, _edition in (*rows, *own):
            register.domains[plain(former_name)] = domain
        for _former_name, name, domain, _edition in (*rows, *own):
            register.domains[plain(name)] = domain
        register.domains.pop("", None)
        register._load_organs()
        for basis in LegalBasis.objects.all():
            register.bases[plain(basis.title)][basis.pk] = plain(basis.document_number)
            for alias in basis.aliases:
                register.other_titles[plain(alias)].add(basis.pk)
        channels = list(Channel.objects.order_by("-position"))
        for channel in channels:
            register.channels.update({plain(alias): channel.pk for alias in channel.aliases})
        register.channels.update({plain(channel.name): channel.pk for channel in channels})
        return register

    def _load_organs(self) -> None:
        for group, names in WORDS["groups"].items():
            for name in names:
                self.organs[plain(name)].add((None, SubjectGroup(group).value))
        for organ in Organ.objects.in_use().prefetch_related("aliases"):
            aliases = [alias.name for alias in organ.aliases.all()]
            for name in (organ.name, organ.short_name, *aliases):
                self.organs[plain(name)].add((organ.pk, ""))
        for organ in Organ.objects.in_use():  # a full name is nobody else's
            self.organs[plain(organ.name)] = {(organ.pk, "")}

    def domain(self, name: str) -> int | None:
        return self.domains.get(plain(name))

    def subjects(self, text: str) -> tuple[list[SubjectKey], list[str]]:
        """The organs and groups that 公开主体 names, and the names that nobody or more than one bears."""
        if not text:
            return [], []
        if found := self._organ(text):
            return [found], []
        parts = _apart(text)
        keys: list[SubjectKey] = []
        unknown: list[str] = []
        at = 0
        while at < len(parts):
            # An organ's own name may hold 、 or 和: the longest run of parts that is a name wins.
            for end in range(len(parts), at, -2):
                name = "".join(parts[at:end])
                if found := self._organ(name):
                    keys.append(found)
                    break
            else:
                end = at + 1
                unknown.append(parts[at])
            at = end + 1  # past the separator
        return list(dict.fromkeys(keys)), unknown

    def _organ(self, name: str) -> SubjectKey | None:
        bare = _PLACE.sub("", name)
        for key in (plain(name), heading_key(name), plain(bare), heading_key(bare)):
            found = self.organs.get(key, set())
            if len(found) == 1:
                return next(iter(found))
        return None

    def basis(self, text: str) -> tuple[int, str] | None:
        """The act that a citation names, with the article as written; None when it is not known."""
        citation = read_citation(text)
        for whole in (text.strip(), text.strip().removeprefix("《").removesuffix("》")):
            if found := self._act(plain(whole), ""):
                return found, ""
        act = self._act(plain(citation.title), plain(citation.number))
        if act is None and citation.number:
            act = self._act(plain(f"{citation.title}({citation.number})"), "")
        if act is None or (citation.rest and not _AFTER_TITLE.match(citation.rest)):
            return None
        return act, citation.rest

    def _act(self, title: str, number: str) -> int | None:
        titled = self.bases.get(title, {})
        same = [pk for pk, own in titled.items() if own == number]
        candidates = same or list(titled) or list(self.other_titles.get(title, ()))
        return candidates[0] if len(candidates) == 1 else None

    def channel(self, name: str) -> int | None:
        """The channel of that name; 其他:便民服务中心 is looked up by what it says after the colon."""
        for key in (plain(name), heading_key(name), plain(channel_name(name))):
            if key in self.channels:
                return self.channels[key]
        return None


def channel_name(name: str) -> str:
    """A channel's own name, without the 其他: before it."""
    return re.sub(r"^其他\s*[:：]\s*", "", name)


def title_of(text: str) -> Citation:
    """How a citation that is not known would be entered; what cannot be an article is part of the title."""
    citation = read_citation(text)
    if citation.rest and not _AFTER_TITLE.match(citation.rest):
        return Citation(text.strip(), "", "")
    return citation


def _apart(text: str) -> list[str]:
    """Names and the separators between them, in turn; nothing in brackets separates."""
    depth = depths(text)
    parts: list[str] = []
    start = 0
    for found in _BETWEEN.finditer(text):
        if not depth[found.start()]:
            parts += [text[start : found.start()], found[0]]
            start = found.end()
    return [*parts, text[start:]]
