"""The closed vocabularies of review and clearance, each from the law that lays it down."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Who may do what; the last three are kept apart (网络安全法 and 等级保护 practice)."""

    DRAFTER = "drafter", _("Drafter")
    DEPARTMENT_REVIEWER = "department_reviewer", _("Department reviewer")
    CONFIDENTIALITY_REVIEWER = "confidentiality_reviewer", _("Confidentiality reviewer")
    SIGNATORY = "signatory", _("Signatory")
    CATALOGUE_ADMIN = "catalogue_admin", _("Catalogue administrator")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDITOR = "auditor", _("Auditor")

    @classmethod
    def administrative(cls) -> frozenset[Role]:
        """The three roles of which one person may hold one only."""
        return frozenset({cls.SYSTEM_ADMIN, cls.SECURITY_ADMIN, cls.AUDITOR})


class Step(models.TextChoices):
    """The sign-offs a piece needs, in their order (保密法实施条例第四十二条 and local rules)."""

    DEPARTMENT = "department", _("Department review")
    CONFIDENTIALITY = "confidentiality", _("Confidentiality review")
    SIGN_OFF = "sign_off", _("Sign-off")

    @property
    def role(self) -> Role:
        return {
            Step.DEPARTMENT: Role.DEPARTMENT_REVIEWER,
            Step.CONFIDENTIALITY: Role.CONFIDENTIALITY_REVIEWER,
            Step.SIGN_OFF: Role.SIGNATORY,
        }[self]


class Decision(models.TextChoices):
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")


class SubmissionStatus(models.TextChoices):
    OPEN = "open", _("Under review")
    CLEARED = "cleared", _("Cleared")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Taken back")


class Determination(models.TextChoices):
    """公开属性, decided for each document (政府信息公开条例第十三条)."""

    PROACTIVE = "proactive", _("Proactive disclosure")
    ON_REQUEST = "on_request", _("Disclosure on request")
    WITHHELD = "withheld", _("Not disclosed")


class Ground(models.TextChoices):
    """Why something is not, or not wholly, disclosed (政府信息公开条例第十四至十六条)."""

    STATE_SECRET = "state_secret", _("State secret (Article 14)")
    FORBIDDEN_BY_LAW = "forbidden", _("Disclosure forbidden by law (Article 14)")
    PUBLIC_SAFETY = "safety", _("Harm to security or stability (Article 14)")
    TRADE_SECRET = "trade_secret", _("Trade secret (Article 15)")
    PERSONAL_PRIVACY = "privacy", _("Personal privacy (Article 15)")
    INTERNAL_AFFAIRS = "internal", _("Internal affairs (Article 16)")
    PROCESS = "process", _("Information of process (Article 16)")
    ENFORCEMENT_FILE = "enforcement_file", _("Enforcement case file (Article 16)")


class Extent(models.TextChoices):
    FULL = "full", _("In full")
    PARTIAL = "partial", _("In part")
    REDACTED = "redacted", _("Redacted")


class SecretKind(models.TextChoices):
    """What the reviewer must answer for, one by one (是否涉密)."""

    STATE = "state_secret", _("State secret")
    WORK = "work_secret", _("Work secret")
    TRADE = "trade_secret", _("Trade secret")
    PRIVACY = "privacy", _("Personal privacy")


class AggregationRisk(models.TextChoices):
    NONE = "none", _("None found")
    SETTLED = "settled", _("Found and settled")
    PRESENT = "present", _("Present")


class ClearanceStatus(models.TextChoices):
    GRANTED = "granted", _("Granted")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    SUPERSEDED = "superseded", _("Superseded")
    REVOKED = "revoked", _("Revoked")


class RegisterEvent(models.TextChoices):
    PUBLISHED = "published", _("Published")
    CORRECTED = "corrected", _("Corrected")
    UNPUBLISHED = "unpublished", _("Unpublished")
    REPEALED = "repealed", _("Repealed")
    LAPSED = "lapsed", _("Lapsed")
    MOVED = "moved", _("Moved")
