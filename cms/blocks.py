"""The blocks of a published piece: few, and each of use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.picture_rules import untold

#: Endings of videos and of sound that every browser plays.
SEEN = frozenset({"mp4", "webm"})
HEARD = frozenset({"mp3", "m4a"})
TEXT_FEATURES = ["h3", "h4", "bold", "ol", "ul", "hr", "link", "document-link"]


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alternative_text = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        help_text=_(
            "What the image says, for readers who cannot see it. Left empty, what was said of the "
            "picture when it was uploaded is used. The words of a 图解 belong into the text too."
        ),
    )
    decorative = blocks.BooleanBlock(
        label=_("Only adorns"),
        required=False,
        help_text=_("It shows nothing that the text does not say: reading aloud passes over it."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/image.html"

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if not found["alternative_text"] and not found["decorative"] and found["image"]:
            found["alternative_text"] = found["image"].description
        sentence = untold(found["alternative_text"], is_decorative=found["decorative"])
        if sentence and not self.is_deferred_validation:
            raise StructBlockValidationError({"alternative_text": ValidationError(sentence)})
        return found

    def get_prep_value(self, value: Any) -> Any:
        """As Wagtail's, but an image that does not adorn is stored, and signed, as it ever was."""
        stored = super().get_prep_value(value)
        if not stored.get("decorative"):
            stored.pop("decorative", None)
        return stored


class AttachmentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("File"))
    note = blocks.CharBlock(label=_("Note"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Attachment")


class AttachmentsBlock(blocks.StructBlock):
    files = blocks.ListBlock(AttachmentBlock(), label=_("Files"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("Attachments")
        template = "blocks/attachments.html"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"))
    answer = blocks.RichTextBlock(label=_("Answer"), features=TEXT_FEATURES)


class QuestionsBlock(blocks.StructBlock):
    pairs = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "blocks/questions.html"


class VideoBlock(blocks.StructBlock):
    """A video, or sound alone (音频): what is said in it stands beneath it in writing."""

    title = blocks.CharBlock(label=_("Title"))
    video = DocumentChooserBlock(label=_("Video or audio file"))
    length = blocks.CharBlock(label=_("Length"), required=False, max_length=20)
    transcript = blocks.RichTextBlock(
        label=_("Transcript"), features=TEXT_FEATURES, help_text=_("Every spoken word.")
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        # A draft may still be without its file.
        if cleaned["video"] and cleaned["video"].file_extension.lower() not in SEEN | HEARD:
            sentence = gettext(
                "Choose a file that every browser plays: mp4 or webm (video), mp3 or m4a (audio)."
            )
            raise StructBlockValidationError({"video": ValidationError(sentence)})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        file = value["video"]
        return context | {"is_heard": bool(file) and file.file_extension.lower() in HEARD}

    class Meta:
        icon = "media"
        label = _("Video or audio with transcript")
        template = "blocks/video.html"


class BodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock(
        label=_("Text"), features=TEXT_FEATURES, template="blocks/text.html"
    )
    table = TableBlock(label=_("Table"), template="blocks/table.html")
    attachments = AttachmentsBlock()
    image = ImageBlock()
    questions = QuestionsBlock()
    video = VideoBlock()


class TopicEntryBlock(blocks.StructBlock):
    # The page stands for the item's identity, whatever a year's edition says of it.
    page = blocks.PageChooserBlock(label=_("Catalogue item"), page_type="cms.ItemPage")
    note = blocks.CharBlock(
        label=_("What one finds there"),
        required=False,
        max_length=120,
        help_text=_("One sentence in a reader's words."),
    )


class TopicStepBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("Step"), required=False, max_length=30, help_text=_("For example 办证.")
    )
    entries = blocks.ListBlock(TopicEntryBlock(), label=_("Items"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class TopicBlock(blocks.StreamBlock):
    """The way through a matter of life, step by step."""

    step = TopicStepBlock()


def table_value(
    header: Sequence[str], rows: Sequence[Sequence[str]], caption: str = ""
) -> dict[str, Any]:
    """What a table block stores for these cells."""
    return {
        "data": [list(header), *[list(row) for row in rows]],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_header_choice": "row",
        "table_caption": caption,
        "cell": [],
        "mergeCells": [],
    }
