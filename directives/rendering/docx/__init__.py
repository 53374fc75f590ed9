"""Papers as Word files: a draft in the Party form, and two drafts with tracked changes."""
