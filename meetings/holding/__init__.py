"""A meeting while it is held: its items, the roll, who speaks and what is said."""
