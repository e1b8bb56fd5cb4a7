"""A small program over the public library that a type checker must pass as it stands; the house tests run it too."""

from __future__ import annotations

import advisor
from advisor import (
    Advice,
    Advisor,
    AdvisorError,
    Answers,
    AnswersError,
    ContradictionError,
    EngineError,
    Interview,
    QuestionnaireError,
    RuleBaseError,
    advise,
)


def one_call() -> Advice:
    """Advice for a mapping of answers, and what can be read from it."""
    advice = advise({"situation": "planning", "states": ["pa", "ny"], "sessions_wanted": 20, "runway": "not_sure"})
    option: str = advice.recommendation.option
    reasons: list[str] = [reason.text for reason in advice.reasons]
    points: dict[str, int] = {case.option: case.points for case in advice.options}
    rules: tuple[str, ...] = tuple(firing.rule for firing in advice.trace.firings)
    assert option in points
    assert len(reasons) <= 4
    assert rules
    return Advice.model_validate_json(advice.model_dump_json())


def from_folders() -> Advisor:
    """The same advisor, loaded from its folders."""
    made: Advisor = Advisor.load()
    digest: str = made.trace({"situation": "planning"}).rulebase.digest
    assert digest == made.rulebase.digest
    return made


def by_interview(made: Advisor) -> Answers:
    """Answers given one by one, and then handed over as they are."""
    session = Interview(made.questionnaire)
    while (question := session.current) is not None and session.position < 6:
        session.answer(question.choices[0].id if question.kind == "one" else "skip")
    answers: Answers = session.answers
    assert made.advise(answers).recommendation == made.advise(answers.plain()).recommendation
    return answers


def named_errors(made: Advisor) -> list[str]:
    """Each thing that is wrong, with its place and what was expected."""
    try:
        made.advise({"runway": "ten", "sessions_wanted": 900})
    except ContradictionError as both:
        return [" and ".join(pair) for pair in both.questions]
    except AnswersError as wrong:
        return [f"{problem.place.key}: {problem.expected}" for problem in wrong.problems]
    except (QuestionnaireError, RuleBaseError, EngineError) as other:
        return [str(other)]
    except AdvisorError as anything:
        return [str(anything)]
    return []


def main() -> None:
    """Run it all."""
    assert one_call().recommendation.headline
    made = from_folders()
    assert len(by_interview(made)) == 5
    assert named_errors(made)[0].startswith("runway: one of `under_1`")
    assert advisor.__version__
