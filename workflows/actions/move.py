"""Move a piece that is or was public; the register keeps its old address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page

from workflows.change_rules import MOVE_RULES, Change
from workflows.drafts import latest_draft
from workflows.enums import ChangeReason, RegisterEvent
from workflows.models import GatedPageMixin
from workflows.registering import enter
from workflows.rules import StandingRefused, failures

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

_moving: ContextVar[bool] = ContextVar("moving", default=False)


class MoveAction:
    def __init__(
        self,
        page: GatedPageMixin,
        user: AbstractBaseUser | None,
        target: Page | None,
        kind: ChangeReason | None,
        words: str = "",
    ) -> None:
        self.page = page
        self.user = user
        self.target = target
        self.kind = kind
        self.words = words

    def check(self) -> None:
        """Raise StandingRefused with every reason."""
        change = Change(self.page, self.user, self.kind, self.words, target=self.target)
        sentences = failures(MOVE_RULES, change)
        if sentences:
            raise StandingRefused(sentences, self.page, self.user)

    @transaction.atomic
    def execute(self) -> GatedPageMixin:
        self.check()
        with being_moved():
            MovePageAction(self.page, self.target, pos="last-child").execute(
                skip_permission_checks=True
            )
        page: GatedPageMixin = Page.objects.get(pk=self.page.pk).specific
        if not page.live:
            self._settle(page)
        for moved in registered_pages(page):
            enter(moved, RegisterEvent.MOVED, by=self.user, kind=self.kind, reason=self.words)
        return page

    def _settle(self, page: GatedPageMixin) -> None:
        draft = latest_draft(page)
        if draft.settle_below(page.get_parent().specific):
            draft.save_revision(user=self.user, clean=False)


@contextmanager
def being_moved() -> Iterator[None]:
    """Within it, receivers know that this module moves the page."""
    token = _moving.set(True)
    try:
        yield
    finally:
        _moving.reset(token)


def is_being_moved() -> bool:
    return _moving.get()


def registered_pages(page: Page) -> list[GatedPageMixin]:
    """`page` and those below it, as far as the register knows them."""
    below = page.get_descendants(inclusive=True).filter(register__isnull=False).distinct()
    return [each for each in below.specific() if isinstance(each, GatedPageMixin)]
