"""What stands behind the plan in the report: reasons, red flags, gates, steps, questions, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from advisor.model.advice import Advice, Reason, RedFlagLine, Step
from advisor.model.handouts import Letter
from advisor.model.words import Words, joined
from advisor.rendering.basis import titles
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph
from advisor.rendering.page_advice import by_severity, gate_entry
from advisor.rendering.page_outlook import by_asked, unknowns, would_change
from advisor.rendering.report_parts import Bullet, BulletList, ReportPart, Section, Subheading, Text
from advisor.rendering.report_sources import Citations

MOST_NAMED = 3  # sources that are named under a reason; the numbers lead to all


def why(advice: Advice, words: Words, cited: Citations) -> Section | None:
    """Every reason that the plan does not give word for word, with its caveats and the dates of its first sources;
    nothing when the plan gives all."""
    said, told = advice.recommendation, {advice.plan.answer.text, *(line.text for line in advice.plan.lines)}
    reasons = [reason for reason in advice.reasons if reason.text not in told]
    parts: list[ReportPart] = []
    on_plan = Text(words("report.why_on_plan"))
    if len(reasons) < len(advice.reasons):
        parts.append(on_plan)
    if reasons:
        parts.append(BulletList(tuple(_reason(reason, words, cited) for reason in reasons), "number"))
    if said.tie_broken:
        parts.append(Text(said.tie_broken, words("render.tie_broken")))
    if said.priority_effect:
        parts.append(Text(said.priority_effect, words("render.priority")))
    if parts == [on_plan]:
        return None
    return Section("why", words("report.headings.why"), tuple(parts or [Text(words("render.none.reasons"))]))


def _reason(reason: Reason, words: Words, cited: Citations) -> Bullet:
    notes = [words("render.caveat", text=caveat) for caveat in reason.caveats]
    named = [words("report.dated", title=note.title, dated=note.dated) for note in cited.named(reason.sources)]
    if named:
        notes.append(words("report.rests", sources="; ".join(named[:MOST_NAMED])))
    if reason.leans_with_publisher:
        notes.append(words("render.leans"))
    return Bullet(reason.text, "", cited.of(reason.sources), tuple(notes))


def flags(advice: Advice, words: Words, cited: Citations) -> Section | None:
    """Every red flag under its severity; those that the plan says word for word are left to it, and with them the
    section when there are no others."""
    stops = {stop.text for stop in advice.plan.stops}
    left = [flag for flag in advice.red_flags if flag.text not in stops]
    if advice.red_flags and not left:
        return None
    parts: list[ReportPart] = []
    if not advice.red_flags:
        parts.append(Text(words("render.none.red_flags")))
    if len(left) < len(advice.red_flags):
        parts.append(Text(words("report.flags_on_plan")))
    for name, found in by_severity(left):
        parts.append(Subheading(name))
        parts.append(BulletList(tuple(_flag(advice, flag, words, cited) for flag in found), "warning"))
    return Section("flags", words("report.headings.flags"), tuple(parts))


def _flag(advice: Advice, flag: RedFlagLine, words: Words, cited: Citations) -> Bullet:
    notes = [words("render.flag.action", action=flag.action)] if flag.action != flag.text else []
    if flag.against:
        notes.append(words("render.flag.against", options=titles(advice, flag.against)))
    return Bullet(flag.text, "", cited.of(flag.sources), tuple(notes))


def gates(advice: Advice, words: Words) -> Section | None:
    """The gates before leaving, to be ticked on paper."""
    if not advice.gates:
        return None
    entries = (gate_entry(words, gate) for gate in advice.gates)
    points = BulletList(tuple(Bullet(entry.text, entry.label) for entry in entries), "box")
    return Section("gates", words("report.headings.gates"), (Text(words("report.gates_intro")), points))


def steps(name: str, found: tuple[Step, ...], words: Words, cited: Citations) -> Section | None:
    """Steps with their timing and why each helps."""
    if not found:
        return None
    return Section(name, words(f"report.headings.{name}"), (BulletList(tuple(_step(s, words, cited) for s in found)),))


def _step(step: Step, words: Words, cited: Citations) -> Bullet:
    notes = (words("render.step_why", why=step.why),) if step.why else ()
    return Bullet(step.text, words("render.timing", timing=step.timing), cited.of(step.sources), notes)


def ask(advice: Advice, words: Words, letters: tuple[Letter, ...]) -> Section | None:
    """Every question to put to others, by whom it is put to, unless a letter holds it; and who to call about what."""
    parts: list[ReportPart] = []
    held = {rule for letter in letters for rule in letter.rules}
    for to, lines in by_asked(advice):
        if held.issuperset(line.rule for line in lines):
            continue
        parts.append(Subheading(words(f"render.ask.{to}")))
        asked = (Bullet(q.text, notes=(words("render.ask_why", why=q.why),) if q.why else ()) for q in lines)
        parts.append(BulletList(tuple(asked), "box"))
    if advice.calls:
        parts.append(Subheading(words("report.who_to_call")))
        calls = (Bullet(call.about, words("render.call", who=call.who)) for call in advice.calls)
        parts.append(BulletList(tuple(calls)))
    return Section("ask", words("report.headings.ask"), tuple(parts)) if parts else None


def notes(advice: Advice, words: Words, cited: Citations) -> Section | None:
    """Things worth knowing that the plan does not say already."""
    said = {line.text for line in advice.plan.lines}
    points = tuple(Bullet(n.text, "", cited.of(n.sources)) for n in advice.notes if n.text not in said)
    return Section("notes", words("report.headings.notes"), (BulletList(points),)) if points else None


def change(advice: Advice, words: Words) -> Section | None:
    """What would change the advice, where that was proved; the plan says the one thing that would turn it."""
    parts = tuple(_from_blocks(would_change(advice, words)))
    return Section("change", words("report.headings.change"), parts) if parts else None


def unknown(advice: Advice, words: Words) -> Section:
    """What is not known and can still change the advice; what can change nothing is only counted."""
    if advice.proofs is None:
        telling = {line.question for line in advice.unknowns if line.matters}
    else:
        telling = {*advice.proofs.standing.deciding, *advice.proofs.standing.detail}
    kept = tuple(line for line in advice.unknowns if line.question in telling)
    parts = [*_from_blocks(unknowns(advice.model_copy(update={"unknowns": kept}), words))]
    if len(advice.unknowns) > len(kept):
        parts.append(Text(words("report.other_unknowns")))
    return Section("unknown", words("report.headings.unknown"), tuple(parts))


def _from_blocks(blocks: Iterable[Block]) -> Iterator[ReportPart]:
    """Blocks of the full view as parts, without the title of their section."""
    for is_list, found in groupby(blocks, lambda block: isinstance(block, Entry)):
        if is_list:
            entries = (block for block in found if isinstance(block, Entry))
            yield BulletList(tuple(Bullet(e.text, e.label, notes=e.notes) for e in entries))
        else:
            yield from (_part(block) for block in found if not (isinstance(block, Heading) and block.level < 3))


def _part(block: Block) -> ReportPart:
    if isinstance(block, Paragraph):
        return Text(block.text, block.label, strong=block.strong)
    if isinstance(block, Heading):
        return Subheading(block.text)
    raise TypeError(block)


def made_of(entries: Iterable[Entry]) -> BulletList:
    """Entries of the full view as a list."""
    return BulletList(tuple(Bullet(joined(entry.label, entry.text)) for entry in entries))
