"""What must be public by when, from the edition in force. See docs/duties.md.

The pages report what there is (facts.py); plan.py says which clocks an item has, clocks.py what
falls due, grounds.py joins them, settle.py brings what is stored in step. Nothing here knows of pages.
"""
