"""What a page type must carry to pass the publication gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.locks import ScheduledForPublishLock

from catalogue_standards.models import Organ
from workflows.enums import Determination, Extent, Ground
from workflows.rules import PublicationRefused, StandingRefused, SubmissionRefused

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from datetime import date, datetime

    from django.contrib.auth.models import AbstractBaseUser
    from wagtail.locks import BaseLock
    from wagtail.models import Page as PageBeside
    from wagtail.models import PagePermissionTester, Revision

    from catalogue_standards.models import Item
    from workflows.actions.end import Ending
else:
    PageBeside = object


class GatedPageMixin(models.Model, PageBeside):
    """Mixed into a Wagtail page type in front of Page; every such type is guarded.

    A gated page is public only while a Clearance covers the digest of its content.
    """

    organ = models.ForeignKey(
        Organ, verbose_name=_("publishing organ"), on_delete=models.PROTECT, related_name="+"
    )
    determination = models.CharField(
        _("disclosure determination"), max_length=20, choices=Determination, blank=True
    )
    ground = models.CharField(
        _("ground when not proactive or not in full"), max_length=20, choices=Ground, blank=True
    )
    extent = models.CharField(_("extent"), max_length=20, choices=Extent, default=Extent.FULL)
    withheld = models.CharField(
        _("what is withheld"),
        max_length=300,
        blank=True,
        help_text=_("What was left out or redacted, in words the public may read."),
    )

    #: Fields the system sets itself at publication: no reviewer signs them.
    system_fields: ClassVar[frozenset[str]] = frozenset()
    #: The parent a new page is drafted under, before it has a place in the tree.
    offered_parent: PageBeside | None = None
    #: Whether its text stays public, under a notice, when it is no longer in force.
    text_outlives_it: ClassVar[bool] = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Wagtail's, but never live without clearance, and never gone without a reason.

        Raises PublicationRefused or StandingRefused.
        """
        from workflows.gate import check_leaving_save, check_live_save

        if self.alias_of_id:
            raise PublicationRefused(
                [str(_("An alias would be public as soon as its original is, unreviewed."))], self
            )
        if self.live:
            check_live_save(self, kwargs.get("update_fields"))
        elif self.pk:
            check_leaving_save(self, kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    @property
    def was_published(self) -> bool:
        """Whether the register knows a publication of this page, whatever dates a draft claims."""
        from workflows.models.clearance import RegisterEntry

        return bool(self.pk) and RegisterEntry.objects.filter(page_id=self.pk).exists()

    def companions(self) -> Sequence[GatedPageMixin]:
        """Pages that are reviewed, signed and published together with this one, as drafted now."""
        return []

    def lead(self) -> GatedPageMixin | None:
        """The page with which this one travels through review, or None if it travels alone."""
        return None

    def paired_with(self) -> list[str]:
        """Identities of the pages without which this one means something else; part of its digest."""
        return []

    def catalogue_item(self) -> Item | None:
        """The item on whose ground this page is disclosed."""
        return None

    def own_failures(self) -> list[str]:
        """Why this page may not be submitted, as far as only its type can know."""
        return []

    def in_force_since(self) -> date | None:
        """The first day on which this document binds, where its type knows one."""
        return None

    @property
    def has_ended(self) -> bool:
        """Whether it was noted already that it is no longer in force."""
        return False

    def end(self, ending: Ending) -> list[str]:
        """Note on this instance that it is no longer in force; returns the fields to save.

        Only for types whose text outlives them; the fields are among `system_fields`.
        """
        raise NotImplementedError

    @classmethod
    def due_to_lapse(cls, day: date) -> Iterable[GatedPageMixin]:
        """Live pages of this type whose period of validity was over before `day`, not yet noted."""
        return []

    def ground_below(self, parent: Any) -> Hashable:
        """What of this page's clearance rests on standing below `parent` (a specific page)."""
        return None

    def settle_below(self, parent: Any) -> bool:
        """Take over what follows from standing below `parent`; returns whether anything changed."""
        return False

    def prepare_publication(self, at: datetime) -> None:
        """Set the system's own fields just before the page goes live."""

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's, for drafts only. Raises StandingRefused."""
        from workflows.change_rules import is_no_evidence

        if sentence := is_no_evidence(self):
            raise StandingRefused([sentence], self, kwargs.get("user"))
        return super().delete(*args, **kwargs)

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissionTester:
        from workflows.permissions import GatedPagePermissionTester

        return GatedPagePermissionTester(user, self)

    def get_lock(self) -> BaseLock | None:
        from workflows.locks import UnderReviewLock, was_refused_on_its_date

        lock = super().get_lock()
        if isinstance(lock, ScheduledForPublishLock) and was_refused_on_its_date(self):
            # It will not go public as it is: its drafter must be able to put it right.
            lock = None
        return lock or (UnderReviewLock(self) if self.under_review else None)

    @property
    def under_review(self) -> bool:
        """Whether this page is part of an open submission."""
        from workflows.models.submissions import Submission

        return bool(self.pk) and Submission.objects.open().of_page(self).exists()

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """As Wagtail's, but content that others are signing stays as it is."""
        if self.under_review:
            raise SubmissionRefused(
                [str(_("Under review: take the submission back before you change anything."))],
                self,
                kwargs.get("user"),
            )
        return super().save_revision(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> GatedPageMixin:
        # A revision holds what the drafter wrote; what the system stamped stays with the row.
        draft = super().with_content_json(content)
        for name in self.system_fields:
            setattr(draft, name, getattr(self, name))
        return draft

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        limited = (
            self.determination in (Determination.ON_REQUEST, Determination.WITHHELD)
            or self.extent != Extent.FULL
        )
        if limited and not self.ground:
            errors["ground"] = _(
                "Choose the legal ground: what is not disclosed proactively and in full needs one."
            )
        if self.extent != Extent.FULL and not self.withheld:
            errors["withheld"] = _("Say what was left out or redacted.")
        if errors:
            raise ValidationError(errors)
