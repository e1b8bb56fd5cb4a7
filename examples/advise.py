"""Advice for a few answers, and the rows of the plan with the rule, claims and sources of each."""

from advisor import AnswersError, advise

try:
    advice = advise({"brings": "one_plan", "plan_trouble": "rate_cut", "contract_whose": "theirs", "the_plan": "aetna"})
except AnswersError as error:
    print(*error.problems, sep="\n")
else:
    print(advice.recommendation.option, advice.plan.answer.text, advice.plan.answer.how_sure)
    for row in advice.plan.rows:
        print(row.when, row.do, row.rule, row.claims, row.sources)
