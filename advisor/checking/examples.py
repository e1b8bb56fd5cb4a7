"""Rules whose own examples do not come out as written."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.checking.finding import CheckDesk, Finding


def failing_examples(desk: CheckDesk) -> Iterator[Finding]:
    """Run every example of every rule, drafts too, alone in the engine."""
    for rule in desk.base.rules:
        fires = desk.alone(rule)
        for example in rule.examples:
            if fires(example.given, example.said) is not example.fires:
                wanted = "should fire but stays silent" if example.fires else "should stay silent but fires"
                yield Finding(
                    "failing_examples", rule.file, example.line, f"{rule.id} {wanted} in the example `{example.name}`"
                )
