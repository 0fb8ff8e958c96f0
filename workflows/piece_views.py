"""The life of a piece after its publication: found, taken down, ended, moved."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.models import Page

from workflows.actions.end import EndAction, Ending
from workflows.actions.move import MoveAction
from workflows.actions.take_down import TakeDownAction
from workflows.change_forms import EndForm, MoveForm, ReasonForm, TakeDownForm
from workflows.change_rules import (
    MAY_END_RULES,
    MAY_MOVE_RULES,
    MAY_TAKE_DOWN_RULES,
    Change,
)
from workflows.emergency_rules import MAY_PUBLISH_RULES, Emergency
from workflows.enums import Role
from workflows.models import GatedPageMixin, RegisterEntry, has_role, organ_of
from workflows.pieces import registered_pieces
from workflows.rules import Refused, Rule, failures

PER_PAGE = 20
#: Those who watch over everything read the history of every piece.
WATCHERS = (Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.CATALOGUE_ADMIN)


class PiecesView(TemplateView):
    """What one's own organ, and those below it, have made public."""

    template_name = "desk/pieces.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").strip()
        public = self.request.GET.get("show") != "gone"
        rows = registered_pieces(self.request.user, public=public, words=words)
        return super().get_context_data(**kwargs) | {
            "rows": Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page")),
            "words": words,
            "public": public,
        }


class OfOnePiece:
    """Finds the piece; lets in whose organ answers for it, or who watches over everything."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page = get_object_or_404(Page, pk=kwargs["pk"]).specific
        if not isinstance(page, GatedPageMixin) or not may_see(request.user, page):
            raise PermissionDenied
        self.page = page
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class PieceView(OfOnePiece, TemplateView):
    """One piece: what happened to it, and what this person may do with it."""

    template_name = "desk/piece.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.page
        return super().get_context_data(**kwargs) | {
            "page": page,
            "acts": acts_on(page, self.request.user),
            "history": RegisterEntry.objects.filter(page_id=page.pk),
        }


class ChangeView(OfOnePiece, FormView):
    """One act with its reason. `rules` explain why the form is not offered."""

    template_name = "desk/change.html"
    form_class: type[ReasonForm]
    rules: ClassVar[list[Rule[Change]]]
    heading: ClassVar[str | Promise]
    explanation: ClassVar[str | Promise]
    button: ClassVar[str | Promise]
    done: ClassVar[str | Promise]
    with_those_below: ClassVar[bool] = False

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"page": self.page}

    def act(self, form: Any) -> None:
        raise NotImplementedError

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        try:
            self.act(form)
        except Refused as refusal:
            return self.render_to_response(
                self.get_context_data(form=form, refusal=refusal.sentences)
            )
        messages.success(self.request, str(self.done) % {"title": self.page.title})
        return redirect("workflows_piece", self.page.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "reasons": failures(self.rules, Change(self.page, user)),
            "below": self.page.get_descendants().live() if self.with_those_below else None,
            "heading": self.heading,
            "explanation": self.explanation,
            "button": self.button,
        }


class TakeDownView(ChangeView):
    form_class = TakeDownForm
    rules = MAY_TAKE_DOWN_RULES
    heading = gettext_lazy("Take down")
    explanation = gettext_lazy(
        "It leaves the public at once, with its files. Its address then says that it was taken down "
        "and on what kind of ground. It comes back only through a new review."
    )
    button = gettext_lazy("Take down now")
    done = gettext_lazy("“%(title)s” is no longer public.")
    with_those_below = True

    def act(self, form: TakeDownForm) -> None:
        user: Any = self.request.user
        TakeDownAction(self.page, user, form.chosen, form.cleaned_data["words"]).execute()


class EndView(ChangeView):
    form_class = EndForm
    rules = MAY_END_RULES
    heading = gettext_lazy("Repealed, lapsed or replaced")
    explanation = gettext_lazy(
        "Its text stays public, under a notice with the date and the document that replaces it."
    )
    button = gettext_lazy("Put up the notice")
    done = gettext_lazy("“%(title)s” now carries the notice.")

    def act(self, form: EndForm) -> None:
        told = form.cleaned_data
        user: Any = self.request.user
        EndAction(
            self.page, user, Ending(form.chosen, told["on"], told["successor"], told["words"])
        ).execute()


class MoveView(ChangeView):
    form_class = MoveForm
    rules = MAY_MOVE_RULES
    heading = gettext_lazy("Move")
    explanation = gettext_lazy("Its old address leads to the new one.")
    button = gettext_lazy("Move now")
    done = gettext_lazy("“%(title)s” was moved.")

    def act(self, form: MoveForm) -> None:
        told = form.cleaned_data
        user: Any = self.request.user
        MoveAction(self.page, user, told["target"], form.chosen, told["words"]).execute()


def may_see(user: Any, page: GatedPageMixin) -> bool:
    organ = organ_of(user)
    watches = any(has_role(user, role) for role in WATCHERS)
    return watches or (organ is not None and organ.answers_over(page.organ))


def acts_on(page: GatedPageMixin, user: Any) -> list[dict[str, Any]]:
    """Keys `url_name`, `label`, `reasons` (why not, for this person and piece)."""
    change = Change(page, user)
    acts: list[tuple[str, Any, list[str]]] = [
        ("workflows_take_down", TakeDownView.heading, failures(MAY_TAKE_DOWN_RULES, change)),
        ("workflows_move", MoveView.heading, failures(MAY_MOVE_RULES, change)),
    ]
    if page.text_outlives_it:
        acts.insert(1, ("workflows_end", EndView.heading, failures(MAY_END_RULES, change)))
    if has_role(user, Role.EMERGENCY_PUBLISHER) and page.has_unpublished_changes:
        draft = page.get_latest_revision_as_object()
        reasons = failures(MAY_PUBLISH_RULES, Emergency(draft, user))
        acts.append(("workflows_emergency_publish", _("Publish in an emergency"), reasons))
    return [{"url_name": name, "label": label, "reasons": why} for name, label, why in acts]
