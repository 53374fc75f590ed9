"""Meetings: who gathers and when, what is said, voted and concluded, and the papers of it."""

from meetings.models.concluding import (
    CarriedOut,
    CarryingOut,
    Conclusion,
    ConclusionPoint,
    Decision,
    Task,
)
from meetings.models.gathering import (
    AgendaItem,
    Attendee,
    AttendeeRole,
    Invitation,
    ItemPaper,
    Meeting,
    MeetingState,
    Mode,
    Reply,
)
from meetings.models.papers import (
    MeetingPaper,
    PaperKind,
    PaperSection,
    PaperSigning,
    SectionKind,
)
from meetings.models.reporting import Archive, News, Photo
from meetings.models.running import Absence, Attendance, DoneAction, Remark, Speech
from meetings.models.voting import Ballot, Choice, Voter

__all__ = [
    "Absence",
    "AgendaItem",
    "Archive",
    "Attendance",
    "Attendee",
    "AttendeeRole",
    "Ballot",
    "CarriedOut",
    "CarryingOut",
    "Choice",
    "Conclusion",
    "ConclusionPoint",
    "Decision",
    "DoneAction",
    "Invitation",
    "ItemPaper",
    "Meeting",
    "MeetingPaper",
    "MeetingState",
    "Mode",
    "News",
    "PaperKind",
    "PaperSection",
    "PaperSigning",
    "Photo",
    "Remark",
    "Reply",
    "SectionKind",
    "Speech",
    "Task",
    "Voter",
]
