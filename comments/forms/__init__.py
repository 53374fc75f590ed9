"""What people type about rounds and comments, normalised before anything looks at it.

How long a text may be is said by the domain: a limit of the field would cut what is pasted.
"""
