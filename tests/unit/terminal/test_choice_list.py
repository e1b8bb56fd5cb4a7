"""The list one picks from, without a screen."""

from __future__ import annotations

from advisor.terminal.choice_list import ChoiceList, Row

NAMES = ("Alabama", "New Jersey", "New York", "Pennsylvania", "West Virginia")
STATES = [Row(name.lower(), name) for name in NAMES]
NONE = Row("none", "None of these", alone=True)
UNKNOWN = [Row("not_sure", "Not sure", apart=True), Row("skip", "Skip this question", apart=True)]


def several(*chosen: str) -> ChoiceList:
    return ChoiceList([*STATES, NONE, *UNKNOWN], several=True, chosen=chosen)


def labels(choices: ChoiceList) -> list[str]:
    return [choices.rows[place].label for place in choices.visible()]


def test_the_cursor_starts_on_the_earlier_answer() -> None:
    assert ChoiceList([*STATES, *UNKNOWN], chosen=["new york"]).here.label == "New York"


def test_up_from_the_first_row_leads_to_the_last() -> None:
    choices = ChoiceList([*STATES, *UNKNOWN])
    choices.move(-1)
    assert choices.here.id == "skip"
    choices.move(1)
    assert choices.here.id == "alabama"


def test_paging_stops_at_the_ends() -> None:
    choices = ChoiceList(STATES)
    choices.move(100, wrap=False)
    assert choices.here.label == "West Virginia"


def test_typing_shows_the_rows_with_a_word_that_starts_so() -> None:
    choices = ChoiceList(STATES)
    choices.type("new")
    assert labels(choices) == ["New Jersey", "New York"]
    choices.type(" y")
    assert choices.accept() == ("new york",)


def test_the_cursor_prefers_a_label_that_begins_with_what_was_typed() -> None:
    choices = ChoiceList([Row("pa", "Physician assistant or associate (PA)"), Row("associate", "Associate or trainee")])
    choices.type("asso")
    assert labels(choices) == ["Physician assistant or associate (PA)", "Associate or trainee"]
    assert choices.accept() == ("associate",)


def test_typing_finds_the_middle_of_a_word_when_no_word_starts_so() -> None:
    choices = ChoiceList(STATES)
    choices.type("sylv")
    assert labels(choices) == ["Pennsylvania"]


def test_a_second_word_can_be_typed_first() -> None:
    choices = ChoiceList(STATES)
    choices.type("VIR")
    assert labels(choices) == ["West Virginia"]


def test_a_space_goes_on_in_a_name_and_else_ticks() -> None:
    choices = several()
    choices.type("new")
    choices.space()
    choices.type("yo")
    assert labels(choices) == ["New York"]
    choices.space()
    assert choices.ticked_labels() == ["New York"]
    choices.go_to("alabama")
    choices.space()
    assert choices.ticked_labels() == ["Alabama", "New York"]


def test_a_space_ticks_nothing_where_one_row_is_picked() -> None:
    choices = ChoiceList(STATES)
    choices.space()
    assert (choices.ticked, choices.typed) == (set(), "")


def test_nothing_is_picked_while_no_row_fits() -> None:
    choices = ChoiceList(STATES)
    choices.type("zz")
    assert choices.accept() is None
    assert "zz" in choices.message
    choices.erase()
    choices.erase()
    assert labels(choices) == list(NAMES)


def test_control_characters_are_not_typed() -> None:
    choices = ChoiceList(STATES)
    choices.type("\x1b[31mn")
    assert choices.typed == "[31mn"


def test_one_choice_takes_the_row_under_the_cursor() -> None:
    choices = ChoiceList(STATES)
    choices.move(1)
    assert choices.accept() == ("new jersey",)


def test_several_choices_take_the_ticked_rows_in_the_order_of_the_list() -> None:
    choices = several()
    for label in ("new york", "alabama"):
        choices.go_to(label)
        choices.tick()
    assert choices.accept() == ("alabama", "new york")


def test_a_tick_can_be_taken_back() -> None:
    choices = several("alabama", "new york")
    choices.tick()
    assert choices.accept() == ("new york",)


def test_enter_without_a_tick_asks_for_one() -> None:
    choices = several()
    assert choices.accept() is None
    assert "nothing is ticked" in choices.message


def test_enter_on_a_filtered_row_ticks_it_first() -> None:
    choices = several("alabama")
    choices.type("penn")
    assert choices.accept() is None
    assert choices.ticked_labels() == ["Alabama", "Pennsylvania"]
    assert choices.typed == ""


def test_none_of_these_goes_alone() -> None:
    choices = several("alabama")
    choices.go_to("none")
    choices.tick()
    assert choices.accept() == ("none",)
    choices.go_to("new york")
    choices.tick()
    assert choices.accept() == ("new york",)
    assert choices.ticked_labels() == ["New York"]


def test_not_sure_is_taken_where_nothing_is_ticked() -> None:
    choices = several()
    choices.go_to("not_sure")
    assert choices.accept() == ("not_sure",)


def test_not_sure_beside_ticks_is_not_taken_by_accident() -> None:
    choices = several("alabama")
    choices.go_to("not_sure")
    assert choices.accept() is None
    assert choices.message
    choices.tick()
    assert choices.accept() == ("not_sure",)
    assert choices.ticked_labels() == ["Not sure"]


def test_an_earlier_not_sure_is_offered_again_and_a_tick_replaces_it() -> None:
    choices = several("not_sure")
    assert choices.accept() == ("not_sure",)
    choices.go_to("alabama")
    choices.tick()
    assert choices.accept() == ("alabama",)
