"""Papers that go out before a meeting."""
