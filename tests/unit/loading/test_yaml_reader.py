"""The YAML reader keeps lines and words as they are written, and refuses what it does not know."""

from __future__ import annotations

import re

import pytest
import yaml

from advisor.errors import RuleBaseError
from advisor.loading import yaml_reader
from advisor.loading.yaml_reader import MAX_BYTES, MAX_DEPTH, Node, decode, read_yaml

REFUSED = [
    ("a: 1\nb: &x 2\n", 2, "anchors and aliases"),
    ("a: *x\n", 1, "anchors and aliases"),
    ("a:\n  <<: *x\n", 2, "anchors and aliases"),
    ("a: !x 1\n", 1, "tags (!) are not read"),
    ("a: !!str 1\n", 1, "tags (!) are not read"),
    ("!!map {a: 1}\n", 1, "tags (!) are not read"),
    ("a: 1\nb: 2\na: 3\n", 3, "the key `a` is written twice"),
    ("a: {b: 1, b: 2}\n", 1, "the key `b` is written twice"),
    ("a: 1\n---\nb: 1\n", 3, "a second document"),
    ("{a: 1}: 2\n", 1, "a list or mapping is used as a key"),
    ("a: b: c\n", 1, "this is not valid YAML"),
    ("a: 'b\n", 2, "this is not valid YAML"),
    ("a: [1, 2\n", 2, "this is not valid YAML"),
    ("a:\n  - 1\n - 2\n", 3, "this is not valid YAML"),
    ('a: "\\q"\n', 1, "this is not valid YAML"),
    ("\ta: 1\n", 1, "this is not valid YAML"),
    ("a: 1\x00\n", 0, "characters that YAML does not allow"),
    ("a: \x1b[31m\n", 0, "characters that YAML does not allow"),
]


def read(text: str) -> Node | None:
    return read_yaml(text, "f.yaml", RuleBaseError)


def plain(node: Node | None) -> object:
    """The words of a node; quoted ones in angle brackets."""
    if node is None:
        return None
    if node.kind == "list":
        return [plain(item) for item in node.items]
    if node.kind == "map":
        return {key.text: plain(value) for key, value in node.pairs}
    return f"<{node.text}>" if node.quoted else node.text


def test_words_stay_words_whatever_yaml_makes_of_them() -> None:
    text = "a: yes\nb: 010\nc: 1e3\nd: '2'\ne: 2027-01-01\nf: ~\ng: on\nh: \"x\\ty\"\ni: 0x10\n"
    assert plain(read(text)) == {
        "a": "yes", "b": "010", "c": "1e3", "d": "<2>", "e": "2027-01-01", "f": "~", "g": "on", "h": "<x\ty>",
        "i": "0x10",
    }  # fmt: skip


def test_lists_mappings_and_texts_keep_their_lines() -> None:
    node = read("a:\n  - one\n  - two: 2\n    three: >-\n      long\n      text\nb: [x, {y: z}]\n")
    assert node is not None
    assert plain(node) == {"a": ["one", {"two": "2", "three": "long text"}], "b": ["x", {"y": "z"}]}
    ((a, items), (b, _)) = node.pairs
    assert [a.line, *(item.line for item in items.items), b.line] == [1, 2, 3, 7]
    assert [key.line for key, _ in items.items[1].pairs] == [3, 4]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\n\n"])
def test_a_text_without_a_document_is_none(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(("text", "line", "message"), REFUSED)
def test_what_is_not_allowed_is_refused_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(RuleBaseError) as caught:
        read(text)
    (problem,) = caught.value.problems
    assert message in problem.message
    assert (problem.place.file, problem.place.line) == ("f.yaml", line)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_is_read_down_to_a_depth_and_refused_below(opening: str) -> None:
    def nested(depth: int) -> str:
        closing = {"[": "]", "{a: ": "}", "- ": ""}[opening]
        return opening * depth + "x" + closing * depth

    assert read(nested(MAX_DEPTH)) is not None
    for depth in (MAX_DEPTH + 1, 999, 1_001, 100_000):  # some parsers have a limit of their own, of a thousand
        for text in (nested(depth), "a: '['\nb: " + nested(depth) if opening != "- " else nested(depth)):
            with pytest.raises(RuleBaseError, match=f"more than {MAX_DEPTH} deep"):
                read(text)


def test_brackets_in_words_and_closed_brackets_are_no_nesting() -> None:
    many = MAX_DEPTH + 1
    assert plain(read(f"a: x{'[' * many}\nb: '{'[' * many}'\nc: [{'[],' * many}]\n")) is not None
    for text in (f"a: [{'[],' * many}", f"a: ['{'[' * many}', x", f"a: ['{'[' * many}", f"a: [ # {'[' * many}\n"):
        with pytest.raises(RuleBaseError, match="this is not valid YAML"):
            read(text)


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
def test_either_parser_of_the_library_gives_the_same_outcome(
    loader: type[yaml.SafeLoader], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_reader, "_Loader", loader)
    assert plain(read("a: [1, {b: 2}]\n")) == {"a": ["1", {"b": "2"}]}
    for text, line, message in (*REFUSED, ("[" * 2_000, 1, f"more than {MAX_DEPTH} deep")):
        with pytest.raises(RuleBaseError, match=re.escape(message)) as caught:
            read(text)
        assert caught.value.problems[0].place.line == line


def test_bytes_become_text_without_a_byte_order_mark() -> None:
    assert decode("\ufeffcaf\u00e9".encode(), "f", RuleBaseError) == "caf\u00e9"
    assert decode(b"", "f", RuleBaseError) == ""


def test_other_encodings_and_too_many_bytes_are_refused() -> None:
    for raw, line in ((b"\xff\xfea\x00", 1), (b"a\nb\n\xe9", 3)):
        with pytest.raises(RuleBaseError, match="not UTF-8") as caught:
            decode(raw, "f", RuleBaseError)
        assert caught.value.problems[0].place.line == line
    with pytest.raises(RuleBaseError, match=f"more than {MAX_BYTES} bytes"):
        decode(b" " * (MAX_BYTES + 1), "f", RuleBaseError)
