"""The help of the screens that know page types, and of the catalogue's, which know no desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflows.help import register_help

register_help(
    {
        "cms_start_policy": _(
            "Give the final docx. Title, number, organ, date, chapters and tables are read from "
            "it; check every field, add the interpretation, then submit both together."
        ),
        "cms_duties": _(
            "What your organ must have public, the most urgent first. “Draft a piece” opens the "
            "form with everything filled in that is known. “Not recorded” names channels beyond "
            "this site."
        ),
        "cms_duty_matrix": _(
            "Organs down, domains across. Each cell names its worst state; open it for the items."
        ),
        "cms_duty": _(
            "What is due and from which day it is counted. Note an event here when its limit runs "
            "before there is a piece about it."
        ),
        "cms_postings": _(
            "Record where the piece was made public besides this site. The head of the department "
            "confirms; then the public reads channel, place and date. Photos stay inside."
        ),
        "cms_translate": _(
            "Choose the language. The translation is a draft of its own and goes through the whole "
            "review."
        ),
    }
)

register_help(
    {
        "catalogue_editions:index": _(
            "Each year has its edition. Copy the one in force, change the copy, have it approved "
            "by a second person, set its day of force. An edition that was in force is never "
            "changed."
        ),
        "catalogue_editions:inspect": _(
            "The numbers above show how far this edition is; “Next step” is what you may do now. "
            "Read “What it changes” and what would follow before you submit it."
        ),
        "catalogue_editions:changes": _(
            "Every difference between two editions, by domain. The public reads the same once the "
            "edition is in force."
        ),
        "catalogue_editions:impact": _(
            "What follows on the day of force: pages that change, pieces that would be late, "
            "drafters who gain or lose items. Nothing happens before."
        ),
        "catalogue_editions:basis": _(
            "When a law is replaced: choose it, choose what takes its place, and look through the "
            "items before you confirm."
        ),
        "catalogue_editions:import": _(
            "Give the county's own table as xlsx, docx or csv. First you see what was understood; "
            "only “apply” changes the draft."
        ),
        "catalogue_editions:import_run": _(
            "Amber cells were not understood for certain: settle them or leave the row out. Then "
            "see what the file changes."
        ),
        "catalogue_editions:import_changes": _(
            "Read what applying the file would change. Domains that are not in the file stay as "
            "they are."
        ),
        "catalogue_items:table": _(
            "Only a draft can be changed. Open a cell, change it, and it is saved at once; your "
            "last change can be taken back."
        ),
        "catalogue_items:reorganise": _(
            "Split, merge or replace an item here instead of deleting it: its pieces and its old "
            "address lead on to what carries it on."
        ),
        "catalogue_holidays:index": _(
            "Time limits count working days by these arrangements. Enter each year's notice of "
            "the State Council when it comes out."
        ),
        "catalogue_holidays:notice": _(
            "Paste the whole notice. Days off and days worked in exchange are read from it; look "
            "them over before you save."
        ),
        "catalogue_townships:index": _(
            "Open a township to see what it left out, tightened or added, and to decide on what "
            "it proposes."
        ),
        "catalogue_townships:township": _(
            "A township may leave out what it does not handle, tighten a limit or add a channel. "
            "Each proposal is approved by the county."
        ),
        "catalogue_organs:index": _(
            "Organs answer for items and publish pieces. When one is abolished, enter the day; it "
            "stays by the pieces that it published."
        ),
    }
)
