from workflows.models.alarms import Alarm, AlarmKind
from workflows.models.audit import AuditEntry, AuditSeal, ChainHead
from workflows.models.clearance import Clearance, RegisterEntry
from workflows.models.comments import CommentAnswer, PassageComment
from workflows.models.copies import PublicCopy
from workflows.models.dictionary import DictionaryTerm, DictionaryVersion
from workflows.models.emergency import AfterReview, EmergencyPublication
from workflows.models.findings import Finding, Scan, Settlement
from workflows.models.gated import GatedPageMixin
from workflows.models.listed import ListedName
from workflows.models.people import Membership, RoleGroup, has_role, organ_of
from workflows.models.reassessments import ReassessedPage, Reassessment
from workflows.models.referrals import Referral, ReferralAnswer
from workflows.models.revisits import Revisit
from workflows.models.submissions import (
    ConfidentialityForm,
    SignOff,
    Submission,
    SubmittedPage,
)
from workflows.models.tasks import ConfidentialityReviewTask, DepartmentReviewTask, SignOffTask

__all__ = [
    "AfterReview",
    "Alarm",
    "AlarmKind",
    "AuditEntry",
    "AuditSeal",
    "ChainHead",
    "Clearance",
    "CommentAnswer",
    "ConfidentialityForm",
    "ConfidentialityReviewTask",
    "DepartmentReviewTask",
    "DictionaryTerm",
    "DictionaryVersion",
    "EmergencyPublication",
    "Finding",
    "GatedPageMixin",
    "ListedName",
    "Membership",
    "PassageComment",
    "PublicCopy",
    "ReassessedPage",
    "Reassessment",
    "Referral",
    "ReferralAnswer",
    "RegisterEntry",
    "Revisit",
    "RoleGroup",
    "Scan",
    "Settlement",
    "SignOff",
    "SignOffTask",
    "Submission",
    "SubmittedPage",
    "has_role",
    "organ_of",
]
