"""Dates as they are typed in Vietnam, which Django's own Vietnamese formats leave out."""

DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
FIRST_DAY_OF_WEEK = 1
