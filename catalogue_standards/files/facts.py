"""What an edition says of an item, as one value that can be compared with what a file says of it."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue_standards.models import EditionItem

SubjectKey = tuple[int | None, str]  # an organ's id, or a group of organs


@dataclass(frozen=True)
class ItemFacts:
    """The columns of a catalogue row with everything named in them looked up.

    `bases` are ids with articles, `subjects` organ ids or groups (the lead first), `channels` ids with
    whether they are required (■), those first. `rhythm_pieces` is 1 without a period. `notes` are sorted
    by key. Where the row stands is not part of it.
    """

    group: str
    name: str
    sub_name: str
    content: tuple[str, ...]
    bases: tuple[tuple[int, str], ...]
    subjects: tuple[SubjectKey, ...]
    channels: tuple[tuple[int, bool], ...]
    time_limit_text: str
    audience: str
    audience_group: str
    method: str
    at_county: bool
    at_township: bool
    at_village: bool
    stage: str
    rhythm_period: str
    rhythm_pieces: int
    newest_days: int | None
    notes: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[str, str, str]:
        """By which an item is recognised within its domain."""
        return self.group, self.name, self.sub_name


def facts_of(entry: EditionItem) -> ItemFacts:
    """The facts of an item of an edition; load it with `with_details()` when there are many."""
    channels = sorted(entry.channels.all(), key=lambda c: not c.required)
    return ItemFacts(
        group=entry.group,
        name=entry.name,
        sub_name=entry.sub_name,
        content=tuple(element.text for element in entry.content_elements.all()),
        bases=tuple((b.basis_id, b.article) for b in entry.bases.all()),
        subjects=tuple((s.organ_id, s.group) for s in entry.subjects.all()),
        channels=tuple((c.channel_id, c.required) for c in channels),
        time_limit_text=entry.time_limit_text,
        audience=entry.audience,
        audience_group=entry.audience_group,
        method=entry.method,
        at_county=entry.at_county,
        at_township=entry.at_township,
        at_village=entry.at_village,
        stage=entry.stage,
        rhythm_period=entry.rhythm_period,
        rhythm_pieces=entry.rhythm_pieces if entry.rhythm_period else 1,
        newest_days=entry.newest_days,
        notes=tuple(sorted((key, str(value)) for key, value in entry.notes.items())),
    )
