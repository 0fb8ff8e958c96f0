"""The closed vocabularies of published pieces."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Genre(models.TextChoices):
    """体裁."""

    NORMATIVE = "normative", _("Normative document")
    POLICY = "policy", _("Policy document")
    NOTICE = "notice", _("Notice")
    ANNOUNCEMENT = "announcement", _("Announcement")
    PUBLICITY = "publicity", _("Publicity before decision")
    GUIDE = "guide", _("Service guide")
    REPORT = "report", _("Report")
    PLAN = "plan", _("Plan")
    STATISTICS = "statistics", _("Figures")
    DECISION = "decision", pgettext_lazy("genre", "Decision")
    LIST = "list", _("List")
    RULES = "rules", _("Rules")
    INTERPRETATION = "interpretation", _("Interpretation")
    OTHER = "other", _("Other")


class InterpretationForm(models.TextChoices):
    """解读形式 (国办发〔2016〕80号 names text, charts, audio, video and more)."""

    TEXT = "text", _("Text")
    QA = "qa", _("Questions and answers")
    DIAGRAM = "diagram", _("Diagram")
    AUDIO = "audio", _("Audio")
    VIDEO = "video", _("Video")
    ANIMATION = "animation", _("Animation")
    PRESS_CONFERENCE = "press_conference", _("Press conference")
    EXPERT = "expert", _("By an expert")
    OFFICIAL = "official", _("By the responsible head")


class Validity(models.TextChoices):
    """有效性."""

    IN_FORCE = "in_force", _("In force")
    NOT_YET = "not_yet", _("Not yet in force")
    AMENDED = "amended", _("Amended")
    REPEALED = "repealed", _("Repealed")
    LAPSED = "lapsed", _("Lapsed")


class Section(models.TextChoices):
    """The statutory sections of a disclosure platform (国办公开办函〔2019〕61号)."""

    GUIDE = "guide", _("Disclosure guide")
    RULES = "rules", _("Disclosure rules")
    MANDATORY = "mandatory", _("Statutory disclosure")
    ANNUAL_REPORT = "annual_report", _("Annual reports")
    REQUESTS = "requests", _("Information requests")
