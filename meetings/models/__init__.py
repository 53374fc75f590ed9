"""Meetings: who gathers, when, and about what."""

from meetings.models.gathering import AgendaItem, Attendee, AttendeeRole, Meeting, Mode

__all__ = ["AgendaItem", "Attendee", "AttendeeRole", "Meeting", "Mode"]
