from __future__ import annotations

import json

from advisor.advice import advise
from advisor.model.advice import Advice
from advisor.rendering.json_format import render_json
from tests.unit.rendering.a_trace import a_trace
from tests.unit.rendering.an_advice import an_advice


def test_the_advice_can_be_read_back() -> None:
    assert Advice.model_validate_json(render_json(an_advice())) == an_advice()


def test_writing_again_what_was_read_gives_the_same_text() -> None:
    text = render_json(an_advice())

    assert render_json(Advice.model_validate_json(text)) == text


def test_keys_are_sorted_at_every_depth() -> None:
    def unsorted(pairs: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in pairs]
        assert keys == sorted(keys)
        return dict(pairs)

    json.loads(render_json(an_advice()), object_pairs_hook=unsorted)


def test_the_order_in_which_a_mapping_was_filled_does_not_show() -> None:
    totals = {"exit": 0, "delegated": 3, "direct": 1, "staged": 4}

    assert render_json(an_advice(trace=a_trace(totals=totals))) == render_json(an_advice())


def test_the_two_sides_of_a_case_go_by_their_names() -> None:
    case = json.loads(render_json(an_advice()))["options"][0]

    assert case["for"][0]["text"] == "Your own point."
    assert case["against"][0]["text"] == "A point against staged."
    assert not {"pros", "cons"} & set(case)


def test_the_layout_is_two_spaces_and_one_newline_at_the_end() -> None:
    text = render_json(an_advice())

    assert text.startswith('{\n  "approvals": null,\n  "calls": [\n    {\n      "about": ')
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")


def test_it_is_the_text_of_the_standard_library() -> None:
    """Which writes the same more slowly: empty lists and mappings, numbers, nothing and nested ones too."""
    for advice in (an_advice(), advise({}), advise({"states": ["pa", "nj"], "runway": "three_to_four"})):
        text = render_json(advice)
        assert text == json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, indent=2) + "\n"


def test_letters_stay_as_they_are_and_control_characters_are_escaped() -> None:
    odd = an_advice(set_aside=("José\x1b\x7f\u009b\u202e",))
    text = render_json(odd)

    assert '"José\\u001b\\u007f\\u009b\\u202e"' in text
    assert Advice.model_validate_json(text) == odd
