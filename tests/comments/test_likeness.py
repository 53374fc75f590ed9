import pytest

from comments.likeness import clusters
from comments.models import Comment, ProposalKind
from directives.text.merge import edits

BASE = "Khi được hỏi ý kiến, cơ quan phải trả lời bằng văn bản trong thời hạn 07 ngày làm việc."


def proposals(*texts):
    return [
        Comment(
            pk=n,
            proposal_kind=ProposalKind.REPLACE,
            proposed_text=text,
            edits=[[e.start, e.end, e.text] for e in edits(BASE, text)],
        )
        for n, text in enumerate(texts, start=1)
    ]


def grouped(*texts):
    return {first: [one.pk for one in rest] for first, rest in clusters(proposals(*texts)).items()}


def put_in(words):
    return BASE.replace("cơ quan", f"cơ quan {words}")


def test_words_that_differ_in_one_syllable_of_many_are_offered_together():
    first = put_in("hành chính và đơn vị sự nghiệp công lập")
    assert grouped(first, put_in("hành chính, đơn vị sự nghiệp công lập")) == {1: [2]}


def test_capitals_and_punctuation_make_no_difference():
    first = put_in("hành chính, đơn vị sự nghiệp")
    assert grouped(first, put_in("Hành chính; đơn vị sự nghiệp")) == {1: [2]}


def test_another_number_is_another_wish():
    assert grouped(BASE.replace("07", "05"), BASE.replace("07", "03")) == {}


def test_a_word_of_negation_is_another_wish():
    first = put_in("có trách nhiệm giải trình và trả lời dân")
    assert grouped(first, put_in("không có trách nhiệm giải trình và trả lời dân")) == {}


def test_the_same_words_at_another_place_are_another_wish():
    assert grouped(BASE.replace("cơ quan", "sở"), BASE.replace("văn bản", "sở")) == {}


def test_a_remark_without_a_proposal_is_like_no_other():
    remarks = [Comment(pk=n, body="Đồng ý.", edits=[]) for n in (1, 2)]
    assert clusters(remarks) == {}


@pytest.mark.parametrize("text", ["Giao Sở Nội vụ theo dõi.", "Giao sở nội vụ theo dõi"])
def test_new_provisions_are_compared_by_their_text(text):
    made = [
        Comment(pk=n, proposal_kind=ProposalKind.INSERT_AFTER, proposed_text=each, edits=[])
        for n, each in enumerate(("Giao Sở Nội vụ theo dõi.", text), start=1)
    ]
    assert list(clusters(made)) == [1]
