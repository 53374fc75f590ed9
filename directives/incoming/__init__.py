"""Word files that come in: opened with care, read in a process of their own, given as lines.

`reading.read` is the way in. The other modules know no Django: they run in the child process.
"""
