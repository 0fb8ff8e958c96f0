"""Why a file cannot be read, and what its owner should do about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Each sentence names the cause and the remedy: it is shown to a drafter under a deadline.
REASONS: dict[str, Promise] = {
    "empty": _(
        "The file is empty (0 bytes). Check that it was saved completely, then choose it again."
    ),
    "too-large": _(
        "The file is larger than 20 MB. Compress the pictures in it, or take them out and add them "
        "as attachments, then choose it again."
    ),
    "unpacks-too-large": _(
        "The file becomes far too large when unpacked, so it was not opened. Copy its text into a "
        "new document, save that as .docx and choose the new file."
    ),
    "old-word": _(
        "The file is in the old Word or WPS format (.doc, .wps), whatever its name ends in. Open it, "
        "choose “Save as” and the type “Word document (.docx)”, then choose the new file."
    ),
    "encrypted": _(
        "The file is protected by a password. Open it, remove the password, save it as .docx, then "
        "choose it again."
    ),
    "pdf": _(
        "The file is a PDF. Choose the Word document (.docx) it was made from; the PDF can be added "
        "as an attachment."
    ),
    "macros": _(
        "The file is a Word document with macros (.docm) or a template. Open it, save it as “Word "
        "document (.docx)” without macros, then choose the new file."
    ),
    "strict": _(
        "The file is saved as “Strict Open XML”. Open it, save it as the ordinary “Word document "
        "(.docx)”, then choose the new file."
    ),
    "not-word": _(
        "The file is not a Word document, whatever its name ends in. Open it in Word or WPS, save it "
        "as .docx, then choose the new file."
    ),
    "damaged": _(
        "The file is damaged and cannot be opened. Open it in Word or WPS, let the program repair it, "
        "save it as .docx, then choose the new file; or ask the sender for it again."
    ),
    "no-text": _(
        "The document holds no text; perhaps its pages are scanned pictures. Choose the electronic "
        "original in which the text can be selected."
    ),
}


class PolicyUnreadable(Exception):
    """The file cannot be read as a policy document.

    `reason` is a key of REASONS, for code; `str(error)` is the sentence for the user, in the
    language active when it is shown.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)

    def __str__(self) -> str:
        return str(REASONS[self.reason])
