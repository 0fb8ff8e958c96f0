"""What each township takes of the county's catalogue: proposed by the township, approved above it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from catalogue_standards.actions.townships import (
    ApproveChoiceAction,
    ProposeChoiceAction,
    ReturnChoiceAction,
)
from catalogue_standards.enums import ChoiceStatus, OrganKind
from catalogue_standards.models import Edition, EditionDomain, EditionItem, Organ, TownshipChoice
from catalogue_standards.people import organ_of
from catalogue_standards.rules import Refused
from catalogue_standards.township_forms import (
    DomainChoiceForm,
    ItemChoiceForm,
    TownshipFilterForm,
)
from catalogue_standards.townships import narrowed, offered_to, township_rows
from catalogue_standards.views.common import tell

APPROVE = "catalogue_standards.approve_townshipchoice"
PROPOSE = "catalogue_standards.propose_townshipchoice"


class TownshipMixin(WagtailAdminTemplateMixin):
    """For the township's own administrator, and for the county's."""

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "home"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        own = user.has_perm(PROPOSE) and organ_of(user)
        if not user.has_perm(APPROVE) and (not own or own.pk != kwargs.get("pk", own.pk)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def township(self) -> Organ:
        townships = Organ.objects.filter(kind=OrganKind.TOWNSHIP)
        found: Organ = get_object_or_404(townships, pk=self.kwargs["pk"])
        return found

    @cached_property
    def edition(self) -> Edition | None:
        return Edition.objects.in_force()

    @property
    def may_approve(self) -> bool:
        user: Any = self.request.user
        return bool(user.has_perm(APPROVE))

    @property
    def may_propose(self) -> bool:
        user: Any = self.request.user
        return bool(user.has_perm(PROPOSE)) and organ_of(user) == self.township

    def get_page_subtitle(self) -> str:
        return str(self.township) if "pk" in self.kwargs else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": reverse("catalogue_townships:index"), "label": _("Township catalogues")}]
        if "pk" in self.kwargs:
            url = reverse("catalogue_townships:township", args=[self.township.pk])
            above.append({"url": url, "label": str(self.township)})
        return [*self.breadcrumbs_items, *above]


class TownshipsView(TownshipMixin, TemplateView):
    """All townships; a township's administrator is led to the own one."""

    template_name = "catalogue/townships.html"

    def get_page_title(self) -> str:
        return _("Township catalogues")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        own = organ_of(request.user)
        if own and not self.may_approve:
            return redirect("catalogue_townships:township", own.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        binding = Q(choices__status=ChoiceStatus.BINDING)
        not_handled = binding & Q(choices__is_involved=False)
        townships = Organ.objects.in_use().of_kind(OrganKind.TOWNSHIP)
        return super().get_context_data(**kwargs) | {
            "townships": townships.annotate(
                domains_left_out=Count("choices", not_handled & Q(choices__item=None)),
                items_left_out=Count("choices", not_handled & Q(choices__domain=None)),
                own_limits=Count("choices", binding & ~Q(choices__time_limit_text="")),
                waiting=Count("choices", Q(choices__status=ChoiceStatus.PROPOSED)),
            )
        }


class TownshipView(TownshipMixin, TemplateView):
    """A township's catalogue, where it follows the county and where not; proposals to decide on."""

    template_name = "catalogue/township.html"
    per_page = 40

    def get_page_title(self) -> str:
        return _("Township catalogue")

    @property
    def header_buttons(self) -> list[Any]:
        history = reverse("catalogue_townships:history", args=[self.township.pk])
        return [HeaderButton(_("History"), url=history, icon_name="history", priority=10)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offered = offered_to(self.township, self.edition)
        domains = list(
            offered.order_by("edition_domain__position")
            .values_list("edition_domain__domain", "edition_domain__name")
            .distinct()
        )
        filters = TownshipFilterForm(self.request.GET, domains=domains)
        filters.is_valid()
        entries = narrowed(offered, self.township, **filters.cleaned_data)
        page = Paginator(entries.with_details(), self.per_page).get_page(
            self.request.GET.get("page")
        )
        query = self.request.GET.copy()
        query.pop("page", None)
        proposals = TownshipChoice.objects.proposed().filter(organ=self.township)
        about_domains = TownshipChoice.objects.filter(organ=self.township, item=None)
        return super().get_context_data(**kwargs) | {
            "township": self.township,
            "edition": self.edition,
            "filters": filters,
            "chosen_domain": filters.cleaned_data.get("domain", ""),
            "page": page,
            "rows": township_rows(self.township, page.object_list),
            "domain_choices": about_domains.binding(),
            "domain_names": dict(domains),
            "waiting": self._named(proposals, dict(domains)),
            "may_approve": self.may_approve,
            "may_propose": self.may_propose,
            "address": f"?{query.urlencode()}",
        }

    def _named(self, proposals: Any, domains: dict[int, str]) -> list[dict[str, Any]]:
        """The first proposals that wait, with what they are about as the edition in force names it."""
        first = list(proposals.order_by("pk").prefetch_related("channels")[: self.per_page])
        entries = EditionItem.objects.filter(
            edition=self.edition, item__in=[choice.item_id for choice in first]
        )
        names = {entry.item_id: entry for entry in entries}
        return [
            {
                "choice": choice,
                "entry": names.get(choice.item_id),
                "name": domains.get(choice.domain_id or 0, "") or names.get(choice.item_id, ""),
            }
            for choice in first
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Approve or return the proposals that were ticked."""
        user: Any = request.user
        chosen = request.POST.getlist("choice")
        ids = [int(pk) for pk in chosen if pk.isdigit()]
        done = 0
        for choice in TownshipChoice.objects.filter(organ=self.township, pk__in=ids):
            action: Any = (
                ApproveChoiceAction(choice, user)
                if request.POST.get("act") == "approve"
                else ReturnChoiceAction(choice, user, request.POST.get("answer", ""))
            )
            try:
                action.execute()
            except Refused as refusal:
                tell(request, refusal)
                break
            done += 1
        if done:
            messages.success(request, _("%(number)s proposals were decided.") % {"number": done})
        elif not ids:
            messages.warning(request, _("Tick the proposals first."))
        return redirect("catalogue_townships:township", self.township.pk)


class ChooseView(TownshipMixin, FormView):
    """Propose something about an item, or about a whole domain."""

    template_name = "catalogue/township_choose.html"

    def get_page_title(self) -> str:
        return _("Propose")

    @cached_property
    def entry(self) -> EditionItem | None:
        if "item" not in self.kwargs:
            return None
        found: EditionItem = get_object_or_404(
            offered_to(self.township, self.edition).with_details(), item=self.kwargs["item"]
        )
        return found

    @cached_property
    def place(self) -> Any:
        places = EditionDomain.objects.filter(edition=self.edition).select_related("domain")
        return get_object_or_404(places, domain=self.kwargs["domain"])

    def get_form_class(self) -> type[DomainChoiceForm]:
        return ItemChoiceForm if self.entry else DomainChoiceForm

    def get_form_kwargs(self) -> dict[str, Any]:
        about: dict[str, Any] = (
            {"entry": self.entry} if self.entry else {"domain": self.place.domain}
        )
        held = {"item": self.entry.item} if self.entry else about
        binding = TownshipChoice.objects.binding().filter(organ=self.township, **held).first()
        who = {"township": self.township, "user": self.request.user, "binding": binding}
        return super().get_form_kwargs() | about | who

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "township": self.township,
            "entry": self.entry,
            "name": self.entry or self.place.name,
        }

    def form_valid(self, form: DomainChoiceForm) -> HttpResponse:
        try:
            ProposeChoiceAction(form.choosing()).execute()
        except Refused as refusal:
            tell(self.request, refusal)
        else:
            messages.success(self.request, _("Proposed. It binds once the county approves it."))
        domain = self.entry.edition_domain.domain_id if self.entry else self.kwargs["domain"]
        url = reverse("catalogue_townships:township", args=[self.township.pk])
        return redirect(f"{url}?domain={domain}")


class HistoryView(TownshipMixin, TemplateView):
    """Every choice of a township, with who proposed and who decided."""

    template_name = "catalogue/township_history.html"
    per_page = 50

    def get_page_title(self) -> str:
        return _("History")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choices = TownshipChoice.objects.filter(organ=self.township).prefetch_related("channels")
        page = Paginator(choices.select_related("item", "domain"), self.per_page).get_page(
            self.request.GET.get("page")
        )
        entries = EditionItem.objects.filter(item__in=[each.item_id for each in page])
        names = {
            entry.item_id: entry.full_name
            for entry in entries.order_by("edition__year", "edition__amendment")
        }
        places = {
            place.domain_id: place.name
            for place in (self.edition.domains.all() if self.edition else ())
        }
        return super().get_context_data(**kwargs) | {
            "page": page,
            "address": "?",
            "rows": [
                (
                    each,
                    names.get(each.item_id or 0)
                    or places.get(each.domain_id or 0)
                    or each.item
                    or each.domain,
                )
                for each in page
            ],
        }
