"""What counts how much when results are put in order; every engine reads it here.

A word in the title says what a piece is about, one in its text only that it is mentioned.
"""

TITLE = 8.0
BODY = 1.0
