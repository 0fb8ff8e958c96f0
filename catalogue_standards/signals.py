"""What the catalogue tells the rest of the system."""

from django.dispatch import Signal

# Sent inside the transaction that puts an edition in force, so that what follows from it is done
# with it or not at all. Arguments: edition, previous (the edition superseded, or None), and
# changes (an EditionDiff of the two, or None when there is no previous): nothing else is touched.
edition_put_in_force = Signal()

# Sent when the county approves what a township takes of the catalogue. Argument: organ.
township_choices_changed = Signal()
