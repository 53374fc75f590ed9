"""The papers of a meeting: put together from what was recorded, edited, approved, printed."""
