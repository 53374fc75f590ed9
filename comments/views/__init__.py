"""Pages of comments, by what the person is doing."""
