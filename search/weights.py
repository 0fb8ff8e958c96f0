"""What counts how much when results are put in order; every engine reads it here.

A word in the title says what a piece is about, one in its text only that it is mentioned. Texts
outside the title count by the boost of their search field, in three steps: more than others, like
others, less.
"""

TITLE = 8.0
BODY = 1.0

TITLE_LABEL = "A"
LABELS = {TITLE_LABEL: TITLE, "B": 2 * BODY, "C": BODY, "D": BODY / 2}

# PostgreSQL's four labels of a text-search vector: their weights from D to A, none over 1.
POSTGRESQL_LABELS = [LABELS[label] / TITLE for label in "DCBA"]


def label_of(boost: float) -> str:
    """The label of a text outside the title, by the boost its search field has."""
    if boost > 1:
        return "B"
    return "C" if boost >= 0.5 else "D"
