"""The interview without a terminal: one question after the other, answered from what is known or skipped."""

from advisor import Advisor, Interview

KNOWN = {"brings": "side_practice", "license": "social_worker", "independent": "yes", "states": ["oh"]}

advisor = Advisor.load()
interview = Interview(advisor.questionnaire)
while (question := interview.current) is not None:
    interview.answer(KNOWN.get(question.id, "skip"))
print(advisor.advise(interview.answers).plan.answer.text)
