"""Runs a page in headless Chromium, without a driver: the page's own scripts leave what they found in its body.

Needed: Chromium (`apt-get install chromium`) on the path, or named by CHROMIUM; and axe-core, by `npm pack axe-core`,
with AXE_CORE naming its `axe.min.js`. Tests are skipped where one of the two is missing.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

DARK = "--blink-settings=preferredColorScheme=0"
"""The option under which a page is seen in dark mode."""

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_WIDTH = """
const out = document.createElement('pre');
out.id = 'found';
out.textContent = JSON.stringify([document.documentElement.scrollWidth, innerWidth,
  matchMedia('(prefers-color-scheme: dark)').matches]);
document.body.append(out);
"""
_AXE = """
document.querySelectorAll('details').forEach(one => { if (OPEN) one.open = true; });
axe.run(document, {resultTypes: ['violations']}).then(found => {
  const out = document.createElement('pre');
  out.id = 'found';
  out.textContent = JSON.stringify({passes: found.passes.length, violations: found.violations.map(one =>
    [one.id, one.help, one.nodes.slice(0, 3).map(node => node.html.slice(0, 200))])});
  document.body.append(out);
});
"""


def chromium() -> str:
    """The browser's program; skips the test where there is none."""
    found = os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("there is no Chromium on the path; install it, or name it in CHROMIUM")
    return found


def axe_core() -> str:
    """The accessibility checker's source; skips the test where there is none."""
    path = os.environ.get("AXE_CORE")
    if not path or not Path(path).is_file():
        pytest.skip("AXE_CORE does not name axe.min.js; `npm pack axe-core` brings it")
    return Path(path).read_text("utf-8")


def run(page: Path, *options: str) -> str:
    """What the browser prints about a page."""
    line = [chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            f"--user-data-dir={page.parent / 'profile'}", *options, page.as_uri()]  # fmt: skip
    return subprocess.run(line, capture_output=True, text=True, check=True, timeout=120).stdout


def scripted(page: Path, script: str) -> Path:
    """A copy of a page that may run a script of ours, which its own policy forbids."""
    html, removed = _POLICY.subn("", page.read_text("utf-8"))
    assert removed == 1
    copy = page.with_name("scripted.html")
    copy.write_text(html.replace("</body>", f"<script>{script}</script></body>"), "utf-8")
    return copy


def found(page: Path, script: str, *options: str) -> Any:
    """What a script wrote as JSON into an element with the id `found`."""
    dom = run(scripted(page, script), "--dump-dom", "--virtual-time-budget=30000", *options)
    (text,) = re.findall(r'<pre id="found">(.*?)</pre>', dom, re.DOTALL)
    return json.loads(unescape(text))


def measured(page: Path, *options: str) -> tuple[int, int, bool]:
    """How wide a page is and how wide the window, in pixels, and whether it is seen in dark mode."""
    wide, window, dark = found(page, _WIDTH, *options)
    return wide, window, dark


def violations(page: Path, *options: str, opened: bool) -> list[Any]:
    """What the accessibility checker holds against a page, with its closed parts opened or not."""
    seen = found(page, axe_core() + _AXE.replace("OPEN", str(opened).lower()), *options)
    assert seen["passes"] > 20
    return list(seen["violations"])


def printed_pages(page: Path) -> int:
    """How many pages a page takes on paper."""
    pdf = page.with_suffix(".pdf")
    run(page, f"--print-to-pdf={pdf}")
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))


def pages_on_paper(page: Path, rule: str) -> tuple[int, int, int]:
    """How many sheets a page prints on, how many with all of it unfolded by hand, and how many without the `rule` (a
    regular expression) of its style sheet that unfolds it on paper.
    """
    text = page.read_text("utf-8")
    opened, without = page.with_name("opened.html"), page.with_name("without.html")
    opened.write_text(text.replace("<details", "<details open"), "utf-8")
    changed = re.sub(rule, "", text)
    assert changed != text
    without.write_text(changed, "utf-8")
    return printed_pages(page), printed_pages(opened), printed_pages(without)


def runs_what_got_in(page: Path) -> bool:
    """Whether a script that got into a page would run; it is left in the page."""
    text = page.read_text("utf-8").replace("</body>", "<script>document.title = 'ran'</script></body>")
    page.write_text(text, "utf-8")
    return "<title>ran</title>" in run(page, "--dump-dom")
