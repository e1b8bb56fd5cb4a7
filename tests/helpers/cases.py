"""Reads the cases of tests/cases and says, in one list, where the advice for a case differs from what is expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import yaml

from advisor.advice import default_advisor
from advisor.checking.forbidden_words import broken_bans
from advisor.loading.answers import read_answers
from advisor.model.advice import Advice
from advisor.model.answers import Raw
from advisor.model.rulebase import Ban
from advisor.rendering import RENDERER_BY_NAME
from tests.helpers.people import TODAY

FOLDER = Path(__file__).resolve().parents[1] / "cases"
ANSWERS_ONLY = FOLDER / "answers"  # answer files for the command line: no expectation stands in them
UNWRAPPED = 100_000  # columns, so that a phrase is not cut by the end of a line

EXPECTED_KEYS = {
    "option", "accept", "leads", "add_ons", "not_add_ons", "flags", "not_flags", "points", "mentions", "must_not_say",
    "page_says", "page_does_not_say",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Case:
    """One person: a sentence that says who, where the case comes from, the answers, and what to expect.

    A phrase of `page_says` may be several, parted by `|`, of which one is enough.
    """

    file: str
    name: str
    source: str
    answers: Mapping[str, Raw]
    option: str = ""
    leads: str = ""
    accept: tuple[str, ...] = ()
    add_ons: tuple[str, ...] = ()
    not_add_ons: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    not_flags: tuple[str, ...] = ()
    points: Mapping[str, int] = field(default_factory=dict)
    mentions: tuple[str, ...] = ()
    must_not_say: tuple[str, ...] = ()
    page_says: tuple[str, ...] = ()
    page_does_not_say: tuple[str, ...] = ()


_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case, in the order of the files. Raises ValueError for a file that is no case."""
    files = sorted(path for path in FOLDER.rglob("*.yaml") if ANSWERS_ONLY not in path.parents)
    return tuple(_read(path) for path in files)


@cache
def advice_for(case: Case) -> Advice:
    """The advice of the shipped rules for a case, worked out once."""
    return default_advisor().advise(case.answers, as_of=TODAY)


def told(advice: Advice) -> str:
    """What the advice tells this person, in lower case: all of it but the options' cases and the list of sources."""
    said = [advice.recommendation.headline, advice.recommendation.how_sure]
    said += [f"{reason.text} {' '.join(reason.caveats)}" for reason in advice.reasons]
    said += [f"{flag.text} {flag.action}" for flag in advice.red_flags]
    said += [f"{step.timing} {step.text} {step.why}" for step in (*advice.next_steps, *advice.later_steps)]
    said += [ask.text for ask in advice.questions_to_ask]
    said += [f"{call.who} {call.about}" for call in advice.calls]
    said += [note.text for note in advice.notes]
    said += [figure.text for figure in advice.figures]
    said += [gate.text for gate in advice.gates]
    return _folded(" ".join(said))


def decided(advice: Advice) -> tuple[object, ...]:
    """What the advice decides: options and add-ons, how sure, what is ruled out, the points, and the flags raised."""
    chosen = advice.recommendation
    out = [(option.option, option.standing, bool(option.ruled_out_by)) for option in advice.options]
    flags = [(flag.id, flag.severity) for flag in advice.red_flags]
    return chosen.option, chosen.runner_up, chosen.add_ons, chosen.confidence, out, flags, dict(advice.trace.totals)


def on_the_page(advice: Advice) -> str:
    """All that the plan page holds for this person, in lower case, whether it fits on one page or not."""
    page = advice.plan
    said = [page.whose, page.answer.text, page.answer.how_sure]
    said += [one.text for one in page.lines]
    said += [f"{row.when} {row.do} {row.done}" for row in page.rows]
    said += [page.other.title, page.other.text] if page.other else []
    return _folded(" ".join(said))


def printed(advice: Advice) -> str:
    """The whole advice as `advisor advise` prints it, on one line."""
    return " ".join(RENDERER_BY_NAME["text"](advice, UNWRAPPED, True).split())


def surprises(case: Case, advice: Advice) -> list[str]:
    """Every point in which the advice is not what the case expects, as a line each."""
    return [*_about_the_choice(case, advice), *_about_the_words(case, advice)]


def bans_broken_by(text: str, bans: tuple[Ban, ...]) -> list[str]:
    """The bans that a long text breaks, each with the phrase. Phrases of which a part is nowhere in the text are left
    out beforehand, which makes it fast."""
    words = _words(text)
    near = (replace(ban, forbid=_possible(ban.forbid, words), allow=_possible(ban.allow, words)) for ban in bans)
    return [f"{ban.id}: {phrase}" for ban, phrase in broken_bans(text, tuple(ban for ban in near if ban.forbid))]


def _possible(phrases: tuple[str, ...], words: str) -> tuple[str, ...]:
    return tuple(phrase for phrase in phrases if all(_words(part) in words for part in phrase.split("*")))


def _about_the_choice(case: Case, advice: Advice) -> Iterator[str]:
    chosen, add_ons = advice.recommendation.option, set(advice.recommendation.add_ons)
    flags = {flag.id for flag in advice.red_flags}
    accepted = case.accept or (case.option,)
    if chosen not in accepted:
        yield f"recommends {chosen}, not {' or '.join(accepted)}"
    yield from (f"lacks the add-on {add_on}" for add_on in case.add_ons if add_on not in add_ons)
    yield from (f"adds {add_on}" for add_on in case.not_add_ons if add_on in add_ons)
    yield from (f"does not raise {flag}" for flag in case.flags if flag not in flags)
    yield from (f"raises {flag}" for flag in case.not_flags if flag in flags)
    if case.leads and advice.plan.answer.page != case.leads:
        yield f"is led by the page {advice.plan.answer.page}, not by {case.leads}"
    for option, points in case.points.items():
        if advice.trace.totals[option] != points:
            yield f"gives {option} {advice.trace.totals[option]} points, not {points}"


def _about_the_words(case: Case, advice: Advice) -> Iterator[str]:
    said, everything = told(advice), _folded(printed(advice))
    yield from (f"never mentions `{phrase}`" for phrase in case.mentions if _folded(phrase) not in said)
    yield from (f"says `{phrase}`" for phrase in case.must_not_say if _folded(phrase) in everything)
    page = on_the_page(advice)
    for phrase in case.page_says:
        if not any(_folded(one.strip()) in page for one in phrase.split("|")):
            yield f"the page never says `{phrase}`"
    yield from (f"the page says `{phrase}`" for phrase in case.page_does_not_say if _folded(phrase) in page)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", _folded(text)))


def _folded(text: str) -> str:
    return " ".join(text.lower().replace("\u2019", "'").split())


def _read(path: Path) -> Case:
    name = path.relative_to(FOLDER).as_posix()
    document = yaml.load(path.read_text("utf-8"), _LOADER)
    if set(document) != {"name", "source", "answers", "expect"}:
        raise ValueError(f"{name}: a case has the keys name, source, answers and expect")
    expect = document["expect"]
    unknown = sorted(set(expect) - EXPECTED_KEYS)
    if unknown or not ("option" in expect or "accept" in expect):
        raise ValueError(f"{name}: wrong keys under `expect`: {', '.join(unknown) or 'no option'}")
    return Case(
        file=name,
        name=document["name"],
        source=document["source"],
        answers=_answers(document["answers"]),
        option=expect.get("option", ""),
        leads=expect.get("leads", ""),
        points={option: int(points) for option, points in expect.get("points", {}).items()},
        **{key: tuple(expect.get(key, ())) for key in EXPECTED_KEYS - {"option", "leads", "points"}},
    )


def _answers(given: Mapping[str, Raw] | str) -> Mapping[str, Raw]:
    """The answers of a case, or those of the answers file that it names."""
    if isinstance(given, str):
        return read_answers(ANSWERS_ONLY / given, default_advisor().questionnaire, as_of=TODAY).plain()
    return {key: tuple(a) if isinstance(a, list) else a for key, a in given.items()}
