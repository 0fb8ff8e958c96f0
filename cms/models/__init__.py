from cms.models.catalogue import CataloguePage
from cms.models.changes import PublicChange
from cms.models.disclosure import DisclosurePage
from cms.models.duties import Digest, DutySettings, Reminder, ReminderKind
from cms.models.figures import FiguresPage
from cms.models.files import Attachment, Picture, PictureRendition
from cms.models.general import GeneralPage
from cms.models.piece import PublishedPiece
from cms.models.policy import InterpretationPage, PolicyPage
from cms.models.postings import Posting, PostingDecision
from cms.models.site import IndexNumberSerial, SiteIdentity
from cms.models.structure import (
    DomainPage,
    HomePage,
    ItemPage,
    PlatformPage,
    PolicyIndexPage,
    SectionPage,
    StructuralPage,
)
from cms.models.topics import TopicIndexPage, TopicPage

#: Page types whose document numbers must not repeat.
NUMBERED_TYPES: tuple[type[PublishedPiece], ...] = (DisclosurePage, PolicyPage, GeneralPage)
#: Every page type that passes the gate and is listed, searched and fed to the public.
PIECE_TYPES: tuple[type[PublishedPiece], ...] = (
    *NUMBERED_TYPES,
    InterpretationPage,
    TopicPage,
)

__all__ = [
    "NUMBERED_TYPES",
    "PIECE_TYPES",
    "Attachment",
    "CataloguePage",
    "Digest",
    "DisclosurePage",
    "DomainPage",
    "DutySettings",
    "FiguresPage",
    "GeneralPage",
    "HomePage",
    "IndexNumberSerial",
    "InterpretationPage",
    "ItemPage",
    "Picture",
    "PictureRendition",
    "PlatformPage",
    "PolicyIndexPage",
    "PolicyPage",
    "Posting",
    "PostingDecision",
    "PublicChange",
    "PublishedPiece",
    "Reminder",
    "ReminderKind",
    "SectionPage",
    "SiteIdentity",
    "StructuralPage",
    "TopicIndexPage",
    "TopicPage",
]
