"""Make the pages of the web site when mkdocs builds it: nothing is kept twice, so nothing gets old.

Prose comes from README.md, CONTRIBUTING.md and the pages in docs/, rule pages from the rules themselves, options from the command.
mkdocs calls `on_config` and `on_files` (mkdocs.yml names this file as a hook).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from kerlint.catalog import catalog
from kerlint.commands import kerlint
from kerlint.rule_pages import TOPICS, by_topic, markdown

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ROOT = Path(__file__).resolve().parent.parent
REPOSITORY = "https://github.com/kerlint/kerlint/blob/main/"
SECTIONS = {
    "On your own code": "usage.md",
    "What `model.summary()` would say": "summary.md",
    "Configuration": "configuration.md",
    "Output and exit status": "output.md",
    "How it works": "how-it-works.md",
    "Honest limits": "limits.md",
}
"""Sections of the README that are pages; those before the first make the start page."""
COMMENT = re.compile(r"<!--.*?-->\n*", re.DOTALL)
LINK = re.compile(r"\]\((?!https?://|#)([\w./-]+)(#[\w-]+)?\)")
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


def pages() -> dict[str, str]:
    """Every page's Markdown by its path."""
    made = _readme()
    made["contributing.md"] = _linked((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    made["options.md"] = _options()
    made["rules/index.md"] = by_topic()
    for rule in catalog().values():
        made[f"rules/{rule.name}.md"] = markdown(rule) + "\n"
    return made


def _readme() -> dict[str, str]:
    """The README's sections as pages: each until the next heading of its rank."""
    text = COMMENT.sub("", (ROOT / "README.md").read_text(encoding="utf-8"))
    start, *sections = HEADING.split(text)
    titled = dict(zip(sections[::2], sections[1::2], strict=True))
    first = next(iter(titled))
    made = {"index.md": _linked(f"{start}## {first}\n{titled[first]}")}
    for title, path in SECTIONS.items():
        made[path] = _linked(f"# {title}\n{_promoted(titled[title])}")
    return made


def _promoted(text: str) -> str:
    """Headings one rank up, outside of fenced blocks."""
    parts = re.split(r"(^```.*?^```)", text, flags=re.MULTILINE | re.DOTALL)
    parts[::2] = [re.sub(r"^#(#+ )", r"\1", part, flags=re.MULTILINE) for part in parts[::2]]
    return "".join(parts)


def _linked(text: str) -> str:
    """Links into the repository as the site has them."""
    anchors = {f"#{path.removesuffix('.md')}": path for path in SECTIONS.values()}

    def target(match: re.Match[str]) -> str:
        path, anchor = match[1], match[2] or ""
        if path == "README.md":
            return f"]({anchors.get(anchor, 'index.md')})"
        if path == "CONTRIBUTING.md":
            return "](contributing.md)"
        if path.startswith("docs/"):
            return f"]({path.removeprefix('docs/')}{anchor})"
        return f"]({REPOSITORY}{path}{anchor})"

    return LINK.sub(target, text)


def _options() -> str:
    """What each command prints about itself."""
    parts = ["# Commands and options"]
    for name in kerlint.commands:
        printed = (
            CliRunner().invoke(kerlint, [name, "--help"], prog_name="kerlint", terminal_width=100).output
        )
        parts.append(f"## kerlint {name}\n\n```text\n{printed.strip()}\n```")
    return "\n\n".join(parts) + "\n"


def navigation() -> list[dict[str, object]]:
    """The site's menu: rules by topic."""
    rules: list[object] = ["rules/index.md"]
    for digit, topic in TOPICS.items():
        found = [rule for rule in catalog().values() if rule.code[3] == digit]
        if found:
            rules.append({topic: [{f"{rule.code} {rule.name}": f"rules/{rule.name}.md"} for rule in found]})
    guide = [
        "usage.md",
        "editors.md",
        "ci.md",
        "summary.md",
        "configuration.md",
        "output.md",
        "options.md",
        "limits.md",
    ]
    return [
        {"kerlint": "index.md"},
        {"Guide": guide},
        {"Rules": rules},
        {"Inside": ["how-it-works.md", "contributing.md"]},
    ]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Called by mkdocs when it has read its configuration."""
    config.nav = navigation()
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Called by mkdocs when it has listed the folder: add what is made."""
    from mkdocs.structure.files import File

    for path, text in pages().items():
        files.append(File.generated(config, path, content=text))
    return files
