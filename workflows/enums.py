"""The closed vocabularies of review and clearance, each from the law that lays it down."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """Who may do what; the last three are kept apart (网络安全法 and 等级保护 practice)."""

    DRAFTER = "drafter", _("Drafter")
    DEPARTMENT_REVIEWER = "department_reviewer", _("Department reviewer")
    CONFIDENTIALITY_REVIEWER = "confidentiality_reviewer", _("Confidentiality reviewer")
    SIGNATORY = "signatory", _("Signatory")
    EMERGENCY_PUBLISHER = "emergency_publisher", _("Emergency publisher")
    CATALOGUE_ADMIN = "catalogue_admin", _("Catalogue administrator")
    TOWNSHIP_CATALOGUE = "township_catalogue", _("Township catalogue administrator")
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


class FindingKind(models.TextChoices):
    """What a scan can find; the values are those of workflows.scanning.Kind."""

    ID_CARD = "id_card", _("Identity number")
    MOBILE = "mobile", _("Mobile number")
    BANK_CARD = "bank_card", _("Bank card")
    PASSPORT = "passport", _("Passport or permit")
    PLATE = "plate", _("Vehicle plate")
    EMAIL = "email", _("Personal e-mail")
    ADDRESS = "address", _("Home address")
    MINOR = "minor", _("A minor's name")
    ILLNESS = "illness", _("A name beside an illness")
    SECRET_MARK = "secret_mark", _("Mark of secrecy")
    INTERNAL_MARK = "internal_mark", _("Mark of internal use")
    DICTIONARY = "dictionary", _("Word of the dictionary")
    HIDDEN_CONTENT = "hidden_content", _("Hidden content")
    METADATA = "metadata", _("Document property")
    AGGREGATION = "aggregation", _("Singled out by aggregation")
    UNREADABLE = "unreadable", _("Cannot be checked")


class FindingSeverity(models.TextChoices):
    HIGH = "high", pgettext_lazy("severity", "High")
    MEDIUM = "medium", pgettext_lazy("severity", "Medium")
    LOW = "low", pgettext_lazy("severity", "Low")


class ScanOccasion(models.TextChoices):
    """Why content was scanned."""

    SUBMISSION = "submission", _("Submission")
    DRAFT = "draft", _("Drafting")
    REVISIT = "revisit", _("Second look at what is public")


class ScanStatus(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("scan", "Waiting")
    DONE = "done", pgettext_lazy("scan", "Done")
    FAILED = "failed", pgettext_lazy("scan", "Failed")


class Outcome(models.TextChoices):
    """What became of a finding. Reopened: somebody thought again."""

    REMOVED = "removed", _("Remove")
    MASKED = "masked", _("Mask")
    JUSTIFIED = "justified", _("May be shown")
    NOT_A_FINDING = "not_a_finding", _("Found by mistake")
    REOPENED = "reopened", _("Opened again")


class ShownGround(models.TextChoices):
    """Why what was found may be public all the same."""

    PENALTY = "penalty", _("Publicity of a penalty or of bad faith (惩戒性公示)")
    MANDATORY = "mandatory", _("Disclosure laid upon the person by law (强制性信息披露)")
    CONSENT = "consent", _("The person agrees (Regulation, Article 15)")
    PUBLIC_INTEREST = "public_interest", _("Weighty public interest (Regulation, Article 15)")
    BY_LAW = "by_law", _("Disclosure required by law (Regulation, Articles 20 and 21)")
    OFFICIAL = "official", _("An official in office (Regulation, Article 20 (2))")
    CHECKED_BY_HAND = "by_hand", _("Read by a person, page by page (Regulation, Article 17)")


class ReferredTo(models.TextChoices):
    """Who is asked where a reviewer cannot tell (条例第十七条第三款, 保密法第二十五条)."""

    COUNTY_OFFICE = "county_office", _("The county's disclosure office")
    SECRECY_BUREAU = "secrecy_bureau", _("The secrecy bureau")


class ReferralConclusion(models.TextChoices):
    MAY_BE_PUBLIC = "public", _("May be public")
    IN_PART = "in_part", _("In part only")
    NOT_PUBLIC = "not_public", _("Must not be public")


class Reassessed(models.TextChoices):
    """What a yearly reassessment decides about closed information (条例第十八条)."""

    OPEN = "open", _("Open it")
    IN_PART = "in_part", _("Open it in part")
    KEEP = "keep", _("Stays closed")


class ClearanceStatus(models.TextChoices):
    GRANTED = "granted", _("Granted")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    SUPERSEDED = "superseded", _("Superseded")
    REVOKED = "revoked", _("Revoked")


class RegisterEvent(models.TextChoices):
    PUBLISHED = "published", _("Published")
    CORRECTED = "corrected", _("Corrected")
    RESTORED = "restored", _("Public again")
    UNPUBLISHED = "unpublished", _("Taken down")
    EXPIRED = "expired", _("Taken down by its date")
    REPEALED = "repealed", _("Repealed")
    LAPSED = "lapsed", _("Lapsed")
    REPLACED = "replaced", _("Replaced")
    MOVED = "moved", _("Moved")
    CONFIRMED = "confirmed", _("Confirmed after the fact")

    @classmethod
    def leaving(cls) -> frozenset[RegisterEvent]:
        """After one of these the piece is not public."""
        return frozenset({cls.UNPUBLISHED, cls.EXPIRED})


class ChangeReason(models.TextChoices):
    """Why a public piece was taken down, ended, moved, or published without review first."""

    STATE_SECRET = "state_secret", _("It touches a state or work secret")
    PRIVACY = "privacy", _("It shows personal data")
    TRADE_SECRET = "trade_secret", _("It shows a trade secret")
    WRONG = "wrong", _("Its content is wrong")
    DUPLICATE = "duplicate", _("It was published twice")
    MISPLACED = "misplaced", _("It is filed in the wrong place")
    ORDERED = "ordered", _("A court or a higher organ ordered it")
    NOT_CONFIRMED = "not_confirmed", _("It was not confirmed after emergency publication")
    TERM_OVER = "term_over", _("Its term is over")
    REPEALED = "repealed", _("Repealed")
    LAPSED = "lapsed", _("Lapsed")
    REPLACED = "replaced", _("Replaced by another document")
    REORGANISED = "reorganised", _("The catalogue was rearranged")
    EMERGENCY = "emergency", _("Emergency")
    OTHER = "other", _("Another reason")

    @classmethod
    def taking_down(cls) -> list[ChangeReason]:
        return [
            cls.STATE_SECRET, cls.PRIVACY, cls.TRADE_SECRET, cls.WRONG, cls.DUPLICATE,
            cls.MISPLACED, cls.ORDERED, cls.NOT_CONFIRMED, cls.TERM_OVER, cls.OTHER,
        ]  # fmt: skip

    @classmethod
    def ending(cls) -> list[ChangeReason]:
        return [cls.REPEALED, cls.LAPSED, cls.REPLACED]

    @classmethod
    def moving(cls) -> list[ChangeReason]:
        return [cls.MISPLACED, cls.REORGANISED, cls.OTHER]

    @property
    def is_sensitive(self) -> bool:
        """Whether not even the title may stay in public once the piece is gone."""
        return self in {ChangeReason.STATE_SECRET, ChangeReason.PRIVACY, ChangeReason.TRADE_SECRET}


class AfterDecision(models.TextChoices):
    """What the review after an emergency publication comes to."""

    CONFIRMED = "confirmed", _("Confirmed")
    TAKEN_DOWN = "taken_down", _("Taken down")


class Against(models.TextChoices):
    """What a submitted text is compared with."""

    PUBLIC = "public", _("Compared with what is public")
    SUBMITTED = "submitted", _("Compared with the last submission")


class CommentState(models.TextChoices):
    """What a drafter did about a comment on a passage."""

    DONE = "done", _("Changed accordingly")
    KEPT = "kept", _("Kept as it is")
