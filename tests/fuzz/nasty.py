"""Files that are meant to do harm, or that accidents make; by a name that says what is in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

ESC = "\x1b[31m\x1b]0;owned\x07"
MANY = 60_000


def _laughs() -> str:
    lines = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]
    return "\n".join(lines)


YAML: Mapping[str, str] = {
    "a billion laughs": _laughs(),
    "an anchor inside itself": "a: &a [*a]\n",
    "an alias of nothing": "situation: *nowhere\n",
    "a merge key": "base: {situation: planning}\n<<: {runway: skip}\n",
    "a merge of an alias": "x: &x {situation: planning}\n<<: *x\n",
    "a python object": "situation: !!python/object/apply:os.system ['true']\n",
    "a python name": "!!python/name:os.system situation: planning\n",
    "a binary tag": "situation: !!binary aGk=\n",
    "a set": "!!set {a, b}\n",
    "a local tag": "!secret situation: planning\n",
    "a tag directive": "%TAG ! tag:example.org,2000:\n---\n!x a: 1\n",
    "a wrong directive": "%YAML 9.9\n---\nsituation: planning\n",
    "a thousand documents": "---\nsituation: planning\n" * 1000,
    "a second document": "situation: planning\n---\n!!python/name:os.system x\n",
    "an end marker and more": "situation: planning\n...\nrunway: skip\n",
    "deep lists in brackets": "situation: " + "[" * MANY,
    "deep lists that close": "situation: " + "[" * 900 + "]" * 900,
    "deep mappings in braces": "{a: " * MANY,
    "deep lists in dashes": "- " * MANY,
    "deep mappings in indents": "\n".join(" " * depth + "a:" for depth in range(1500)),
    "deep keys": "? " * MANY,
    "the same key again and again": "situation: planning\n" * 3000,
    "the same key in quotes": "situation: planning\n'situation': planning\n",
    "many unknown keys": "".join(f"key{number}: 1\n" for number in range(8_000)),
    "a very long key": "k" * 900 + ": 1\n" + "? " + "k" * 400_000 + "\n: 1\n",
    "a very long value": "situation: " + "v" * 300_000 + "\n",
    "a very long line of choices": "states: [" + "pa, " * 30_000 + "pa]\n",
    "a very long list of wrong choices": "states: [" + "zz, " * 30_000 + "zz]\n",
    "a huge number": "sessions_wanted: " + "9" * 400 + "\n",
    "a number of a million digits": "sessions_wanted: " + "9" * 1_000_000 + "\n",
    "no number": "sessions_wanted: .nan\n",
    "an endless number": "sessions_wanted: .inf\n",
    "a number in sixties": "sessions_wanted: 1:30:00\n",
    "a number with an exponent": "sessions_wanted: 1e99999999\n",
    "numbers as keys": "1: planning\n2.5: planning\ntrue: planning\nnull: planning\n~: planning\n",
    "an empty key": "'': planning\n",
    "no key": ": planning\n",
    "tabs for indents": "situation: planning\n\trunway: skip\n",
    "tabs alone": "\t\t\t\n",
    "a null byte": "situation: planning\x00\n",
    "a raw escape": f"situation: {ESC}\n",
    "an escape in a value": 'county: "\\x1b[31m\\x1b]0;owned\\a"\n',
    "an escape in a choice": 'situation: "\\e[2Jplanning"\n',
    "an escape in a key": '"\\x1b[31msituation\\x07": planning\n',
    "an escape in a list": 'states: ["\\x1b[31m"]\n',
    "a carriage return in a value": 'county: "all fine\\rnot fine"\n',
    "a line separator in a value": 'county: "one\\Ltwo\\Pthree\\N"\n',
    "text that runs backwards": 'county: "\\u202Egnisrever"\n',
    "a lone surrogate": 'county: "\\ud800"\n',
    "a character beyond the last": 'county: "\\U00110000"\n',
    "an open quote": "situation: 'planning\nrunway: skip\n",
    "an open bracket": "states: [pa, ny\nsituation: planning\n",
    "a block of text": "county: |\n" + "  line\n" * 50_000,
    "a folded block": "situation: >-\n  plan\n  ning\n",
    "a list": "- situation\n- planning\n",
    "a word": "planning\n",
    "a mapping as answer": "situation: {planning: yes}\n",
    "a list of lists": "states: [[pa], [ny]]\n",
    "nothing as answer": "situation:\nrunway: ~\nstates: [~]\n",
    "a comment": "# situation: planning\n",
    "only spaces": "     \n    \n",
    "only line breaks": "\r" * 5000,
    "stars and ampersands": "&" * 5000 + "*" * 5000,
    "exclamation marks": "!" * 5000,
    "percent signs": "%" * 5000,
    "colons": "a:" * 5000,
    "question marks": "?\n" * 5000,
    "quotes": "'\"" * 5000,
    "commas": "[" + "," * 5000,
    "next lines": "situation: planning\x85runway: skip\u2028states: skip\n",
}

JSON: Mapping[str, str] = {
    "json: nothing": "{}",
    "json: a list": '["situation", "planning"]',
    "json: deep lists": '{"a": ' + "[" * MANY + "]" * MANY + "}",
    "json: deep mappings": '{"a":' * MANY,
    "json: the same key": '{"situation": "planning", "situation": "skip"}',
    "json: the same key below": '{"states": {"a": 1, "a": 2}}',
    "json: many keys": json.dumps({f"key{number}": 1 for number in range(60_000)}),
    "json: many open quotes": '{"' + '\\"' * 200_000,
    "json: NaN": '{"sessions_wanted": NaN}',
    "json: infinity": '{"sessions_wanted": -Infinity, "county": Infinity}',
    "json: a float beyond": '{"sessions_wanted": 1e99999}',
    "json: ten to the 400": '{"sessions_wanted": 1' + "0" * 400 + "}",
    "json: a number of a million digits": '{"sessions_wanted": ' + "7" * 1_000_000 + "}",
    "json: a lone surrogate": '{"county": "\\ud800", "\\udfff": 1}',
    "json: a surrogate in a choice": '{"situation": "\\ud800"}',
    "json: an escape": '{"\\u001b[31m": "\\u001b[2J", "situation": "\\u001b]0;x\\u0007"}',
    "json: a null": '{"county": "a\\u0000b", "situation": null}',
    "json: every wrong type": '{"situation": [], "license": {}, "states": {"pa": true}, "sessions_wanted": "\\t", '
    '"runway": 3, "county": ["x"], "payers": [[]], "start_date": false, "horizon": 1.5}',
    "json: a comma too many": '{"situation": "planning",}',
    "json: a comment": '{"situation": "planning"} // mine',
    "json: single quotes": "{'situation': 'planning'}",
    "json: cut off": '{"situation": "plan',
    "json: two": '{"situation": "planning"}{"runway": "skip"}',
}

BYTES: Mapping[str, bytes] = {
    "nothing": b"",
    "a byte order mark": b"\xef\xbb\xbf",
    "a byte order mark before answers": b"\xef\xbb\xbfsituation: planning\n",
    "two byte order marks": b"\xef\xbb\xbf\xef\xbb\xbf{}",
    "latin 1": "county: caf\xe9\n".encode("latin-1"),
    "utf-16": "situation: planning\n".encode("utf-16"),
    "utf-32": "situation: planning\n".encode("utf-32"),
    "a surrogate in utf-8": b"county: \xed\xa0\x80\n",
    "an overlong slash": b"county: \xc0\xaf\n",
    "every byte": bytes(range(256)) * 20,
    "zeros": bytes(5000),
    "five megabytes of comment": b"# " + b"x" * 5_000_000,
    "five megabytes of one answer": b"county: " + b"x" * 5_000_000,
    "five megabytes of answers": b"situation: planning\n" * 260_000,
    "an image": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
}


def files() -> Iterator[tuple[str, bytes]]:
    """Every nasty file with its name."""
    for texts in (YAML, JSON):
        for name, text in texts.items():
            yield name, text.encode("utf-8")
    yield from BYTES.items()
