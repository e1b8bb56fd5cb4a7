"""Reads `ablations.yaml`, the tests of the evidence, and checks that the grades it names are there."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.errors import Place, Problem
from advisor.loading.fields import Fields
from advisor.loading.rulebase_files import line
from advisor.loading.yaml_reader import Node
from advisor.model.answers import nearest
from advisor.model.rulebase import RuleBase
from advisor.model.safe_text import shown
from advisor.model.sensitivity import KINDS, Ablation, Grades

FILE = "ablations.yaml"


def read_ablation(parent: Fields, node: Node) -> Ablation:
    """One entry of `ablations.yaml`. Raises RuleBaseError for what is missing, misspelled or of the wrong kind."""
    fields = parent.of(node, "ablations")
    ablation_id = fields.text("id")
    fields.path = ablation_id
    title, kinds = line(fields, "title"), _kinds(fields)
    keeps = fields.has("keep")
    if keeps and fields.has("strike"):
        raise fields.problem(node, "", "both `keep` and `strike` stand here", "one of them")
    if not keeps and not fields.has("strike"):
        raise fields.problem(node, "", "neither `keep` nor `strike` stands here", "one of them")
    grades = _grades(fields.inside("keep" if keeps else "strike"))
    ablation = Ablation(ablation_id, title, kinds, keeps, grades, node.line)
    fields.done("keep", "strike")
    return ablation


def ablation_problems(base: RuleBase) -> Iterator[Problem]:
    """The grades that ablations name and `wording.yaml` does not know."""
    known = [key.removeprefix("grades.") for key in base.wording if key.startswith("grades.")]
    for ablation in base.ablations:
        for grade in (*ablation.grades.any_source, *ablation.grades.every_source):
            if grade not in known:
                expected = "one of " + ", ".join(f"`{one}`" for one in known)
                place = Place(FILE, ablation.line, ablation.id)
                yield Problem(place, f"`{shown(grade)}` is no grade", expected, nearest(grade, known))


def _kinds(fields: Fields) -> tuple[str, ...]:
    at = fields.line_of("of")
    kinds = fields.texts("of")
    if not kinds:
        raise fields.problem(at, "of", "the list is empty", "the kinds of action that the test is about")
    for kind in kinds:
        if kind not in KINDS:
            expected = "one of " + ", ".join(f"`{one}`" for one in KINDS)
            raise fields.problem(at, "of", f"`{shown(kind)}` is not known", expected, nearest(kind, list(KINDS)))
    return kinds


def _grades(fields: Fields) -> Grades:
    grades = Grades(fields.texts("any_source", optional=True), fields.texts("every_source", optional=True))
    fields.done()
    if grades == Grades():
        raise fields.problem(fields.line, "", "no grade is named", "`any_source:`, `every_source:` or both")
    return grades
