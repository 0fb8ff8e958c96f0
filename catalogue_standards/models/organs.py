"""The organs of a county as a tree: the government, its departments and its townships."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet
from wagtail.search import index

from catalogue_standards.enums import OrganKind


class OrganQuerySet(MP_NodeQuerySet):
    def in_use(self) -> OrganQuerySet:
        return self.filter(abolished_on=None)

    def of_kind(self, kind: OrganKind) -> OrganQuerySet:
        return self.filter(kind=kind)


class OrganManager(MP_NodeManager.from_queryset(OrganQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> OrganQuerySet:
        return OrganQuerySet(self.model, using=self._db).order_by("path")

    def get_by_natural_key(self, code: str) -> Organ:
        return self.get(code=code)


class Organ(index.Indexed, MP_Node, ClusterableModel):
    """A body that discloses. `code` names it in addresses and files and never changes."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("full name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganKind)
    organ_code = models.CharField(
        _("organ code"),
        max_length=20,
        blank=True,
        help_text=_("Stands at the head of every index number this organ gives."),
    )
    number_prefix = models.CharField(
        _("document number prefix"), max_length=20, blank=True, help_text=_("For example 青教.")
    )
    address = models.CharField(_("office address"), max_length=200, blank=True)
    office_hours = models.CharField(_("office hours"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    fax = models.CharField(_("fax"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    commissions_drafts = models.BooleanField(
        _("issues what others draft"),
        default=False,
        help_text=_("Departments may draft in its name, as for the government and its office."),
    )
    abolished_on = models.DateField(_("abolished on"), null=True, blank=True)

    objects = OrganManager()
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("organ")
        verbose_name_plural = _("organs")

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def answers_over(self, other: Organ) -> bool:
        """Whether this organ is `other` or stands above it in the tree."""
        return other.path.startswith(self.path)


class OrganAlias(models.Model):
    """Another name of an organ, as catalogue tables and old documents write it."""

    organ = ParentalKey(Organ, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("alternative name")
        verbose_name_plural = _("alternative names")
        constraints = [
            models.UniqueConstraint(fields=["organ", "name"], name="organ_alias_once"),
        ]

    def __str__(self) -> str:
        return self.name
