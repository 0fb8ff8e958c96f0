"""The closed vocabularies of a standard catalogue (国办发〔2019〕54号)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EditionStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Superseded")

    @classmethod
    def open(cls) -> list[EditionStatus]:
        """The statuses of an edition that is still on its way into force."""
        return [cls.DRAFT, cls.IN_REVIEW, cls.APPROVED]


class EditionAct(models.TextChoices):
    """What people do with an edition; each leaves an EditionEvent."""

    BEGUN = "begun", _("Begun")
    AMENDED = "amended", _("Begun as an amendment")
    EDITED = "edited", _("Edited")
    SUBMITTED = "submitted", _("Submitted for review")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Date of force set")
    PUT_IN_FORCE = "put_in_force", _("Put in force")
    SUPERSEDED = "superseded", _("Superseded")

    @classmethod
    def authorship(cls) -> list[EditionAct]:
        """The acts after which a person may not approve the edition."""
        return [cls.BEGUN, cls.AMENDED, cls.EDITED, cls.SUBMITTED]


class ImportState(models.TextChoices):
    """How far a catalogue file is on its way into a draft."""

    WAITING = "waiting", _("Being read")
    READ = "read", _("Read")
    FAILED = "failed", _("Could not be read")
    APPLIED = "applied", _("Applied")


class ChoiceStatus(models.TextChoices):
    """A township's choice about what it takes of the county's catalogue."""

    PROPOSED = "proposed", _("Waiting for the county")
    BINDING = "binding", _("Approved")
    RETURNED = "returned", _("Returned")
    SUPERSEDED = "superseded", _("Replaced by a later choice")


class SuccessionKind(models.TextChoices):
    SPLIT = "split", _("Split")
    MERGED = "merged", _("Merged")
    REPLACED = "replaced", _("Replaced")


class OrganKind(models.TextChoices):
    COUNTY = "county", _("County government")
    DEPARTMENT = "department", _("Department")
    TOWNSHIP = "township", _("Township")
    INSTITUTION = "institution", _("Public institution")


class BasisKind(models.TextChoices):
    LAW = "law", _("Law")
    REGULATION = "regulation", _("Administrative regulation")
    RULE = "rule", _("Departmental or local rule")
    DOCUMENT = "document", _("Policy document")
    STANDARD = "standard", _("Standard or guideline")


class Audience(models.TextChoices):
    EVERYONE = "everyone", _("Everyone")
    GROUP = "group", _("A particular group")


class Method(models.TextChoices):
    PROACTIVE = "proactive", _("Proactive")
    ON_REQUEST = "on_request", _("On request")


class Level(models.TextChoices):
    COUNTY = "county", _("County")
    TOWNSHIP = "township", pgettext_lazy("level", "Township")
    VILLAGE = "village", _("Village")


class Stage(models.TextChoices):
    """五公开 (中办发〔2016〕8号)."""

    DECISION = "decision", _("Decision")
    EXECUTION = "execution", _("Execution")
    MANAGEMENT = "management", _("Management")
    SERVICE = "service", _("Service")
    RESULT = "result", _("Result")


class SubjectGroup(models.TextChoices):
    """A responsible subject that stands for many organs."""

    TOWNSHIPS = "townships", _("Every township government")
    DEPARTMENTS = "departments", _("Every county department")
    ALL = "all", _("Every organ")

    @classmethod
    def of_kind(cls, kind: str) -> list[SubjectGroup]:
        """The groups to which an organ of this kind belongs."""
        if kind == OrganKind.TOWNSHIP:
            return [cls.TOWNSHIPS, cls.ALL]
        if kind == OrganKind.COUNTY:
            return [cls.ALL]
        return [cls.DEPARTMENTS, cls.ALL]


class LimitKind(models.TextChoices):
    """How a time limit counts; the words are those of catalogue_standards.limits."""

    WITHIN = "within", _("Within a period after an event")
    BEFORE = "before", _("A period before an event")
    DISPLAY = "display", _("Shown for a period")
    PERIODIC = "periodic", _("Periodically")
    REALTIME = "realtime", _("In real time")
    PROMPT = "prompt", _("Promptly")
    PERMANENT = "permanent", _("Permanently")
    SAME_AS_ABOVE = "same_as_above", _("Same as above")


class RhythmPeriod(models.TextChoices):
    """How often something must be public at least; the words are units of catalogue_standards.limits."""

    MONTH = "month", pgettext_lazy("period", "Every month")
    QUARTER = "quarter", pgettext_lazy("period", "Every quarter")
    HALF_YEAR = "half_year", pgettext_lazy("period", "Every half-year")
    YEAR = "year", pgettext_lazy("period", "Every year")


class Clock(models.TextChoices):
    """What sets a due date."""

    EVENT = "event", _("A piece or an event")
    PERIOD = "period", _("A period")
    NEWEST = "newest", _("Age of the newest piece")
    INTERPRETATION = "interpretation", _("Interpretation of a policy")


class Counting(models.TextChoices):
    """How the due dates of an item come about."""

    PERIODIC = "periodic", _("By a fixed rhythm")
    EVENT = "event", _("From each event; no fixed rhythm")
    OPEN = "open", _("No length of time is stated")
    UNREAD = "unread", _("The limit was not understood")


class Standing(models.TextChoices):
    """How an organ stands with an item; each obligation is in exactly one."""

    OVERDUE = "overdue", _("Overdue")
    SOON = "soon", _("Due soon")
    NEVER = "never", _("Never published")
    KEPT = "kept", _("Kept")
