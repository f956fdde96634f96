"""What a workshop talks about, and how far a practice case lies apart: counted, in order, and without names."""

from programme.changed import WhyChanged
from programme.judging import OVERALL
from programme.marks import Mark
from programme.policy import Policy
from programme.practice import spreads
from programme.returns import Judgement, Return
from programme.rulebook import Rulebook
from programme.tool import AuditTool
from programme.words import Grade
from programme.workshop import OF_CHANGES, OF_MARKS, Found, of_audits, of_judgements, of_questions
from tests.cast import gather
from tests.programme.test_rights import allocation

TOOL: AuditTool = gather(Rulebook.of(Policy())).tool


def found(**said: object) -> Found:
    return Found(**({"moderated": 9, "why": {}, "questions": {}, "not_met": {}} | said))  # type: ignore[arg-type]


class TestTheAgenda:
    def test_what_came_up_most_often_stands_first(self) -> None:
        points = of_audits(found(not_met={Mark.EVIDENCE: 2, Mark.IMPACT: 5, Mark.DATED_ACTIONS: 3}))
        assert [(each.n, each.of) for each in points] == [(5, 9), (3, 9), (2, 9)]
        assert points[0].said == OF_MARKS[Mark.IMPACT][0]

    def test_what_came_up_once_is_left_out_for_it_would_speak_of_one_person(self) -> None:
        assert of_audits(found(not_met=dict.fromkeys(Mark, 1))) == []
        assert of_judgements(found(why=dict.fromkeys(WhyChanged, 1))) == []

    def test_there_are_five_points_of_a_kind_at_most(self) -> None:
        assert len(of_judgements(found(why=dict.fromkeys(WhyChanged, 4)))) == 5

    def test_every_mark_and_every_reason_has_words(self) -> None:
        assert (set(OF_MARKS), set(OF_CHANGES)) == (set(Mark), set(WhyChanged))

    def test_a_question_stands_in_its_own_words(self) -> None:
        first, second, *_ = TOOL.questions
        points = of_questions(found(questions={first.key: 2, second.key: 6, "of another tool": 8}), TOOL.questions)
        assert [(each.said, each.n) for each in points] == [(second.text, 6), (first.text, 2)]


def scored(overall: Grade, *grades: Grade | None) -> Return:
    judged = [Judgement(each.key, grade) for each, grade in zip(TOOL.questions, grades, strict=False)]
    return Return(allocation, None, overall, judgements=judged)


class TestTheSpread:
    def test_overall_stands_first_then_what_lies_furthest_apart(self) -> None:
        one = scored(Grade.GOOD, Grade.GOOD, Grade.NOT_YET_GOOD, Grade.GOOD)
        two = scored(Grade.GOOD, Grade.NEARLY_GOOD, Grade.OUTSTANDING, Grade.GOOD)
        overall, first, second, third, *_ = spreads(TOOL, [one, two], two)
        asked = [each.text for each in TOOL.questions]
        assert [each.asked for each in (overall, first, second)] == ["Overall", asked[1], asked[0]]
        assert [each.apart for each in (overall, first, second, third)] == [0, 2, 0.5, 0]
        assert [each.own for each in (overall, first, second)] == [Grade.GOOD, Grade.OUTSTANDING, Grade.NEARLY_GOOD]

    def test_not_applicable_is_counted_and_lies_nowhere(self) -> None:
        [_, first, *_] = spreads(TOOL, [scored(Grade.GOOD, Grade.NOT_APPLICABLE), scored(Grade.GOOD, Grade.GOOD)], None)
        assert (first.judged, first.apart, first.is_of_one_mind, first.own) == (2, 0, False, None)

    def test_blank_is_not_counted(self) -> None:
        [_, first, *_] = spreads(TOOL, [scored(Grade.GOOD, None)], None)
        assert (first.judged, first.is_of_one_mind) == (0, True)

    def test_overall_is_no_question_of_the_tool(self) -> None:
        assert OVERALL not in {each.key for each in TOOL.questions}
