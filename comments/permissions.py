"""Who may comment, record, answer and see. Predicates take a consultation or a comment."""

import rules

from accounts.models import User
from comments.models import Comment, Consultation, Delegate, Status
from directives import permissions as of_directives


def on_directive(predicate: rules.Predicate, name: str) -> rules.Predicate:
    """A directive's predicate, asked about a consultation."""
    return rules.predicate(
        lambda person, consultation: predicate(person, consultation.draft.directive), name=name
    )


is_office = on_directive(of_directives.is_office, "is_office_of_round")
is_clerk = on_directive(of_directives.is_clerk, "is_clerk_of_round")
is_staff = on_directive(of_directives.is_staff, "is_staff_of_round")


@rules.predicate
def is_asked(person: User, consultation: Consultation) -> bool:
    return consultation.delegates.filter(person=person).exists()


@rules.predicate
def owns(person: User, comment: Comment) -> bool:
    """What is still being written is its writer's alone, even where it is written for another."""
    if comment.status == Status.DRAFT:
        return comment.recorded_by_id == person.pk
    return person.pk in (comment.author_id, comment.recorded_by_id)


@rules.predicate
def is_author(person: User, comment: Comment) -> bool:
    return comment.author_id == person.pk and comment.status != Status.DRAFT


@rules.predicate
def is_staff_of_comment(person: User, comment: Comment) -> bool:
    """What is still being written is shown to no staff."""
    return comment.status != Status.DRAFT and is_staff(person, comment.consultation)


@rules.predicate
def is_office_of_comment(person: User, comment: Comment) -> bool:
    return comment.status != Status.DRAFT and is_office(person, comment.consultation)


@rules.predicate
def is_recorder_of_comment(person: User, comment: Comment) -> bool:
    return comment.status != Status.DRAFT and can_record(person, comment.consultation)


@rules.predicate
def is_self(person: User, delegate: Delegate) -> bool:
    return delegate.person_id == person.pk


@rules.predicate
def is_staff_of_delegate(person: User, delegate: Delegate) -> bool:
    return bool(is_staff(person, delegate.consultation))


can_view_consultation = is_staff | is_asked
can_comment = is_asked
can_record = is_office | is_clerk
can_upload_copy = can_comment | can_record
can_close = is_office
can_answer = is_office
can_read_messages = is_staff_of_comment | is_author
can_ask = is_office_of_comment & ~is_author
can_reply = is_author
can_record_reply = is_recorder_of_comment & ~is_author
can_download_reply_table = is_staff
can_print_opinion_form = is_staff_of_delegate | is_self
can_print_opinion_forms = is_staff

for _name, _predicate in list(globals().items()):
    if _name.startswith("can_"):
        rules.add_rule(_name, _predicate)
