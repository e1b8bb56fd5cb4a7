"""The sections that a page may have, in the order in which they stand in it, each with the function that reads it."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.loading.page import Opened, Section
from advisor.loading.page_grounds import read_derived, read_facts, read_figures, read_page_claim, read_people
from advisor.loading.page_sections import ENTRY_READERS, read_entries
from advisor.loading.rule import rule_of
from advisor.loading.yaml_reader import Node


def _rules(opened: Opened, node: Node) -> None:
    """Rules written in full."""
    opened.entries("rules", node, lambda fields, text: rule_of(opened, fields, text))


SECTIONS: Mapping[str, Section] = {
    "claim": read_page_claim,
    "derived": read_derived,
    "figures": read_figures,
    "people": read_people,
    **{key: read_entries(key) for key in ENTRY_READERS},
    "rules": _rules,
    "facts": read_facts,
}
