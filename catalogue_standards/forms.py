"""What catalogue administrators type: new editions, acts, organs and notices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from catalogue_standards.enums import EditionStatus
from catalogue_standards.holiday_notice import HolidayNotice, NoticeError, read_holiday_notice
from catalogue_standards.models import Domain, Edition, EditionDomain, Organ
from catalogue_standards.models.fixing import why_fixed


class BeginEditionForm(forms.ModelForm):
    """The year and title of a new draft, and what it begins as."""

    begin_from = forms.ChoiceField(
        label=gettext_lazy("Begin as"),
        choices=[
            ("in_force", gettext_lazy("A copy of the edition in force")),
            ("nothing", gettext_lazy("An empty edition")),
        ],
        widget=forms.RadioSelect,
        initial="in_force",
    )

    class Meta:
        model = Edition
        fields = ["year", "title"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_force = Edition.objects.in_force()
        if in_force is None:
            self.fields["begin_from"].initial = "nothing"
            return
        year = max(in_force.year, timezone.localdate().year) + 1
        self.fields["year"].initial = year
        self.fields["title"].initial = in_force.title.replace(str(in_force.year), str(year))

    def source(self) -> Edition | None:
        if self.cleaned_data["begin_from"] == "nothing":
            return None
        return Edition.objects.in_force()


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why: the reason stays on record.")},
    )


class AmendmentForm(ReasonForm):
    restoring = forms.ModelChoiceField(
        label=gettext_lazy("Take the catalogue back to"),
        queryset=Edition.objects.filter(status=EditionStatus.SUPERSEDED),
        required=False,
        empty_label=gettext_lazy("No: begin as the edition in force"),
    )


class ForceForm(forms.Form):
    on = forms.DateField(
        label=gettext_lazy("In force from"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Give the day on which the edition takes force.")},
    )


class OrganForm(WagtailAdminModelForm):
    """An organ and its place in the tree."""

    parent = forms.ModelChoiceField(
        label=gettext_lazy("Stands under"),
        queryset=Organ.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nothing: it is the county's government"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Organ.objects.in_use()
        if self.instance.pk:
            others = others.exclude(path__startswith=self.instance.path)
            parent = self.instance.get_parent()
            self.fields["parent"].initial = parent.pk if parent else None
            self.fields["code"].disabled = True
        else:
            root = others.first()
            self.fields["parent"].initial = root.pk if root else None
        self.fields["parent"].queryset = others

    def save(self, commit: bool = True) -> Organ:
        parent = self.cleaned_data["parent"]
        if self.instance._state.adding:
            organ: Organ = super().save(commit=False)
            if parent:
                parent.add_child(instance=organ)
            else:
                Organ.add_root(instance=organ)
            return organ
        organ = super().save(commit=commit)
        before = organ.get_parent()
        if parent != before:
            target, place = (
                (parent, "last-child") if parent else (Organ.get_last_root_node(), "right")
            )
            organ.move(target, place)
            organ.refresh_from_db()
        return organ


class HolidayNoticeForm(forms.Form):
    """The State Council's notice, pasted; `notice` holds what was understood of it."""

    notice: HolidayNotice

    source = forms.CharField(
        label=gettext_lazy("Document number"),
        max_length=200,
        help_text=gettext_lazy("For example 国办发明电〔2025〕7号."),
    )
    text = forms.CharField(
        label=gettext_lazy("Text of the notice"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy("Paste the whole notice with its title."),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        try:
            self.notice = read_holiday_notice(text)
        except NoticeError as error:
            raise forms.ValidationError(_(error.message) % error.params) from error
        return text


class DomainForm(WagtailAdminModelForm):
    """A domain as an edition names it; a new code makes a new identity."""

    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy(
            "Stands in addresses, for example social-assistance. A code used in an earlier edition"
            " carries that domain on, whatever its name."
        ),
    )

    class Meta:
        model = EditionDomain
        fields = ["name", "code", "seal", "position", "former_name", "description"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].initial = self.instance.domain.code
            self.fields["code"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if reason := why_fixed(self.instance.edition):
            raise forms.ValidationError(reason)
        others = EditionDomain.objects.filter(edition=self.instance.edition).exclude(
            pk=self.instance.pk
        )
        if others.filter(domain__code=cleaned.get("code")).exists():
            self.add_error("code", _("This edition has a domain with this code already."))
        position = cleaned.get("position")
        if position is not None and others.filter(position=position).exists():
            self.add_error("position", _("Another domain has this number: choose a free one."))
        return cleaned

    def save(self, commit: bool = True) -> EditionDomain:
        if self.instance._state.adding:
            domain, _created = Domain.objects.get_or_create(code=self.cleaned_data["code"])
            self.instance.domain = domain
        row: EditionDomain = super().save(commit=commit)
        return row
