"""Search over numbers, provisions and comments: without tones and case, ranked by field.

`words`, `query` and `marks` are pure. `sources` says what can be found and by whom, `index` keeps
the rows in step with the log, `engine` asks the database, `finding` what a person may see of the
answer, `showing` lays out a page.
"""
