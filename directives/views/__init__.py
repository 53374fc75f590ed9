"""Pages about directives, by what the person is doing."""
