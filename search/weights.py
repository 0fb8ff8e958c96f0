"""What counts how much when results are put in order; every engine reads it here.

A word in the title says what a piece is about, one in its text only that it is mentioned.
"""

TITLE = 8.0
BODY = 1.0

# PostgreSQL weighs a text by one of four labels (backends/vectors.py), in the order D, C, B, A and none over 1:
# little, ordinary and much text, and the title.
POSTGRESQL_LABELS = [BODY / TITLE / 2, BODY / TITLE, 2 * BODY / TITLE, 1.0]
