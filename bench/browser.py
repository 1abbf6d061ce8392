"""A real browser, headless: a page is opened from a file, and asked in its own words."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 60
_WATCH = """<script>
window.problems = [];
addEventListener("error", event => problems.push(event.message));
addEventListener("securitypolicyviolation", event => problems.push(event.violatedDirective));
</script>"""
_ASK = """<script>
addEventListener("load", () => setTimeout(() => {
  let answer;
  try { answer = (() => { %s })(); } catch (error) { problems.push(String(error)); }
  document.title = JSON.stringify({answer, problems});
}, 100));
</script>"""


def chromium() -> str | None:
    """The browser; None where there is none. `KERLINT_CHROMIUM` may name it."""
    named = os.environ.get("KERLINT_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


class Browser:
    """Chromium with a profile of its own, which reaches no other machine."""

    def __init__(self, executable: str, folder: Path) -> None:
        self.folder = folder
        self.command = [
            executable,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={folder / 'profile'}",
        ]

    def ask(self, page: str, script: str, *, width: int = 1400, fragment: str = "") -> Any:
        """What the body of a function gives that runs in the loaded page; fails on any error in it."""
        head, body = page.split("<head>", 1)
        asked = f"{head}<head>{_WATCH}{body.removesuffix('</body></html>')}{_ASK % script}"
        path = self.folder / "page.html"
        path.write_text(asked, encoding="utf-8")
        options = [f"--window-size={width},1000", "--virtual-time-budget=3000", "--dump-dom"]
        done = self._run(*options, f"{path.as_uri()}{fragment}")
        title = re.search(r"<title>(.*?)</title>", done.stdout, re.DOTALL)
        assert title is not None, done.stderr[-500:]
        told = json.loads(unescape(title[1]))
        assert told["problems"] == [], told["problems"]
        return told["answer"]

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.command, *arguments], capture_output=True, encoding="utf-8", timeout=SECONDS, check=True
        )
