"""Checks the files beside the rules against each other: what they name must be there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from advisor.errors import Place, Problem
from advisor.loading.clause_checks import clause_problems
from advisor.loading.fields import Fields
from advisor.loading.vocabulary import UNKNOWN
from advisor.model.answers import nearest
from advisor.model.facts import FactSpec
from advisor.model.figures import Figure, FormulaTerm, Input
from advisor.model.questionnaire import Choice, Questionnaire
from advisor.model.rule import CONFIDENCES
from advisor.model.rulebase import RuleBase
from advisor.model.safe_text import shown
from advisor.model.template import Template

_ENDS = ("low", "high")
_FIRST = "derive"  # figures are made when this stratum ends, after its facts and scores


def rulebase_file_problems(
    base: RuleBase, questionnaire: Questionnaire, files: Mapping[str, Fields]
) -> Iterator[Problem]:
    """What the decision, the figures, the options and the sources name and is not there.

    `files` are the files as they were read, by name, for the lines.
    """
    yield from _decision_problems(base, questionnaire, files["decision"])
    for number, figure in enumerate(base.figures):
        yield from _figure_problems(base, figure, [earlier.id for earlier in base.figures[:number]])
    for one in base.inputs:
        yield from _input_problems(base, one, questionnaire)
    yield from _trade_problems(base, files["rulebase"])
    lines = _lines(files["options"], "options")
    for option in base.options.values():
        for point in (*option.pros, *option.cons):
            yield from citation_problems(
                base, Place("options.yaml", lines[option.id], option.id), point.claims, point.sources
            )
    for source in base.sources.values():
        yield from _grade_problems(base, source.grade, Place(source.file, source.line, f"{source.id}.grade"))
    for question in questionnaire.questions:
        for choice in question.choices:
            yield from _phrase_problems(base, choice, Place(question.file, question.line, f"{question.id}.{choice.id}"))


def _phrase_problems(base: RuleBase, choice: Choice, place: Place) -> Iterator[Problem]:
    """What a choice says with a fact (a number or text that is answered, or words of a derived one), and with others
    where that is not known."""
    try:
        template = Template.of(choice.phrase)
    except ValueError as bad:
        yield Problem(place, f"its phrase has {bad}", "`{fact|other words}`")
        return
    for slot in template.slots:
        yield Problem(place, f"`{{{slot}}}` may be unknown", f"words for that: `{{{slot}|other words}}`")
    for slot in template.open_slots:
        spec = base.facts.get(slot)
        worded = spec is not None and spec.origin == "rule" and spec.phrases is not None
        told = spec is not None and spec.origin == "answer" and spec.kind in ("number", "mark")
        if not worded and not told:
            hint = nearest(slot, list(base.facts))
            found = f"`{{{slot}}}` is no derived fact that has words, and no number or text that is answered"
            yield Problem(place, found, "a fact of a page", hint)


def _grade_problems(base: RuleBase, grade: str, place: Place) -> Iterator[Problem]:
    if f"grades.{grade}" not in base.wording:
        grades = [key.removeprefix("grades.") for key in base.wording if key.startswith("grades.")]
        yield Problem(place, f"`{grade}` is no grade", _one_of(grades), "wording.yaml says what they mean")


def _input_problems(base: RuleBase, one: Input, questionnaire: Questionnaire) -> Iterator[Problem]:
    """An input without a question for a number, or with a value that the question would refuse."""
    place = Place("figures.yaml", one.line, one.id)
    yield from _grade_problems(base, one.grade, place)
    question = questionnaire.by_id.get(one.question)
    if question is None or question.kind != "number" or question.none_choice is not None:
        numbers = [each.id for each in questionnaire.questions if each.kind == "number"]
        yield Problem(place, f"there is no question `{one.question}` for a number", "", nearest(one.question, numbers))
        return
    taken = next(figure for figure in base.figures if figure.id == one.id)
    if not question.minimum <= taken.formula.low <= taken.formula.high <= question.maximum:
        expected = f"{question.minimum} to {question.maximum}"
        yield Problem(place, f"the value is none that `{question.id}` takes", expected)


def citation_problems(base: RuleBase, place: Place, claims: Sequence[str], sources: Sequence[str]) -> Iterator[Problem]:
    """Claims and sources that are named at a place and are not in their files."""
    for names, known, word in ((claims, base.claims, "claim"), (sources, base.sources, "source")):
        for name in names:
            if name not in known:
                fix = nearest(name, list(known)) or "Add it there, or mend the id"
                yield Problem(place, f"the {word} `{name}` is not in {word}s.yaml", "", fix)


def _trade_problems(base: RuleBase, fields: Fields) -> Iterator[Problem]:
    """Ways to lean that the publisher is said to sell and that no claim takes."""
    ways = list(dict.fromkeys(claim.leans for claim in base.claims.values()))
    place = Place("rulebase.yaml", fields.line_of("publisher_sells"), "publisher_sells")
    for name in base.about.publisher_sells:
        if name not in ways:
            yield Problem(place, f"no claim leans `{shown(name)}`", _one_of(ways), nearest(name, ways))


def _decision_problems(base: RuleBase, questionnaire: Questionnaire, fields: Fields) -> Iterator[Problem]:
    decision = base.decision
    mains = [option.id for option in base.main_options]
    questions = list(questionnaire.by_id)
    branch = base.facts.get("branch")
    branches = [str(value) for value in branch.values] if branch else []

    def unknown(names: Sequence[str], known: Collection[str], what: str, key: str, line: int = 0) -> Iterator[Problem]:
        place = Place("decision.yaml", line or fields.line_of(key), key)
        for name in names:
            if name not in known:
                yield Problem(place, f"there is no {what} `{name}`", "", nearest(name, list(known)))

    yield from unknown([confidence for confidence, _ in decision.bands], CONFIDENCES, "confidence", "bands")
    lines = {key.text: key.line for name, node in fields.node.pairs if name.text == "contests" for key, _ in node.pairs}
    for contest in decision.contests.values():
        key, line = f"contests.{contest.branch}", lines[contest.branch]
        yield from unknown([contest.branch], branches, "branch", key, line)
        yield from unknown(contest.options, mains, "main option", f"{key}.options", line)
        yield from unknown(contest.decisive, questions, "question", f"{key}.decisive", line)
    for name in branches:
        if name not in decision.contests:
            place = Place("decision.yaml", fields.line_of("contests"), "contests")
            yield Problem(place, f"the branch `{name}` has no contest", "an entry for it")
    yield from unknown([decision.fallback], mains, "main option", "fallback")
    yield from unknown([decision.priority_question], questions, "question", "priority_question")
    yield from unknown(decision.came_with, questions, "question", "came_with")
    yield from unknown(decision.gates_shown_for, mains, "main option", "gates_shown_for")
    yield from unknown(decision.gates_in, branches, "branch", "gates_in")


def _figure_problems(base: RuleBase, figure: Figure, before: Sequence[str]) -> Iterator[Problem]:
    place = Place(figure.file, figure.line, figure.id)
    yield from clause_problems(figure.when, base.facts, figure.file, figure.id)
    yield from _too_late(base, figure, before)
    for leaf in figure.formula.leaves():
        yield from _leaf_problems(base, figure, leaf, before, place)
    sure = {f"{name}.{end}" for name in base.sure_figures for end in ("low", "likely", "high")}
    for text in (figure.text, figure.text_same):
        for slot in text.slots:
            if slot not in _ENDS and slot not in sure:
                expected = "`{low}`, `{high}`, or the end of a figure that is made in any case"
                yield Problem(place, f"`{{{slot}}}` is not known in the text of a figure", expected)
    yield from citation_problems(base, place, figure.claims, figure.sources)


def _too_late(base: RuleBase, figure: Figure, before: Sequence[str]) -> Iterator[Problem]:
    """What a figure reads that has no value yet when it is made, though it may get one later."""
    reads = [(clause.fact, clause.line, "when") for clause in figure.when.clauses()]
    leaves = (leaf.name for leaf in figure.formula.leaves() if leaf.op in ("fact", "table"))
    reads += [(name, figure.line, "formula") for name in leaves]
    for name, line, key in dict.fromkeys(reads):
        spec = base.facts.get(name)
        if spec is not None and not _settled(spec, before):
            yield Problem(
                Place(figure.file, line, f"{figure.id}.{key}"),
                f"`{name}` has no value yet when this figure is made",
                f"an answer, a fact of stratum `{_FIRST}`, a score, or an end of an earlier figure",
                "Read such a fact, or set the figure after the one it reads" if spec.origin == "figure" else "",
            )


def _settled(spec: FactSpec, before: Sequence[str]) -> bool:
    """Whether a fact has its value when the figure after those of `before` is made."""
    if spec.origin == "figure":
        return spec.id.rpartition(".")[0] in before
    if spec.origin == "machine":
        return spec.id.startswith("score.")
    return spec.finished in (None, _FIRST)


def _leaf_problems(
    base: RuleBase, figure: Figure, leaf: FormulaTerm, before: Sequence[str], place: Place
) -> Iterator[Problem]:
    if leaf.op == "figure" and leaf.name not in before:
        yield Problem(place, f"there is no earlier figure `{leaf.name}`", "", nearest(leaf.name, list(before)))
    if leaf.op not in ("fact", "table"):
        return
    spec = base.facts.get(leaf.name)
    if spec is None:
        yield Problem(place, f"there is no fact `{leaf.name}`", "", nearest(leaf.name, list(base.facts)))
    elif leaf.op == "fact" and spec.kind != "number":
        yield Problem(place, f"`{leaf.name}` is no number", "a number, or a table over its values")
    elif leaf.op == "table" and spec.values:
        known = [UNKNOWN, *(str(value).lower() if isinstance(value, bool) else str(value) for value in spec.values)]
        for row in figure.tables[leaf.name]:
            if row not in known:
                yield Problem(place, f"`{row}` is no value of `{leaf.name}`", "", nearest(row, known))


def _lines(fields: Fields, key: str) -> dict[str, int]:
    """The line of each entry of the list under a key, by its id."""
    entries = next(node.items for name, node in fields.node.pairs if name.text == key)
    return {value.text.strip(): entry.line for entry in entries for name, value in entry.pairs if name.text == "id"}


def _one_of(words: Sequence[str]) -> str:
    return "one of " + ", ".join(f"`{word}`" for word in words)
