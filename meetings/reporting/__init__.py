"""What is told and kept of a meeting: photos, news, its file for the records office."""
