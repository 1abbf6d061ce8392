"""What is shipped for CI: valid by the services' own schemas, and its shell steps run here."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from .helpers import FIXED, POOL, written

SCHEMAS = {
    ".github/workflows/": "vendor.github-workflows",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
    "action.yml": "vendor.github-actions",
    "templates/gitlab-ci.yml": "vendor.gitlab-ci",
}


def validated(schema: str, *files: Path) -> str:
    """What check-jsonschema says of the files; "" when they are valid."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def shown_files(page: str) -> Iterator[tuple[str, str]]:
    """The YAML files that a page shows: the comment in the first row names each."""
    for block in re.findall(r"^```yaml\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL):
        yield block.partition("\n")[0].removeprefix("# "), block


@pytest.mark.parametrize("name", ["action.yml", "templates/gitlab-ci.yml"])
def test_what_is_shipped_is_valid(root: Path, name: str) -> None:
    assert validated(SCHEMAS[name], root / name) == ""


def test_what_the_documentation_shows_is_valid(root: Path, tmp_path: Path) -> None:
    files: dict[str, list[Path]] = {}
    for number, (name, text) in enumerate(shown_files((root / "docs" / "ci.md").read_text())):
        schema = next((schema for start, schema in SCHEMAS.items() if name.startswith(start)), None)
        if schema is not None:
            files.setdefault(schema, []).append(tmp_path / f"{number}.yml")
            files[schema][-1].write_text(text)
    assert set(files) == {"vendor.github-workflows", "vendor.gitlab-ci"}
    assert [complaint for schema in files if (complaint := validated(schema, *files[schema]))] == []


def test_the_action_puts_no_input_into_the_text_of_a_script(root: Path) -> None:
    action = yaml.safe_load((root / "action.yml").read_text())
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    assert scripts and not [script for script in scripts if "${{" in script]


def test_the_documented_inputs_are_those_of_the_action(root: Path) -> None:
    action = yaml.safe_load((root / "action.yml").read_text())
    page = (root / "docs" / "ci.md").read_text()
    rows = re.findall(r"^\| `([\w-]+)` \|", page, flags=re.MULTILINE)
    assert rows == [*action["inputs"], *action["outputs"]]


# A runner of composite actions, as far as ours goes


class Runner:
    """Runs an action's shell steps one after another, as GitHub's runner does."""

    def __init__(self, root: Path, folder: Path, **inputs: str) -> None:
        self.action: dict[str, Any] = yaml.safe_load((root / "action.yml").read_text())
        self.folder = folder
        self.known = {"github.action_path": str(root)}
        for name, told in self.action["inputs"].items():
            self.known[f"inputs.{name}"] = inputs.get(name.replace("-", "_"), told["default"])
        self.printed = ""
        self.path = str(Path(sys.executable).parent)

    def run(self, *names: str) -> int:
        """Run the named steps; the status of the first that fails, else 0."""
        for step in self.action["runs"]["steps"]:
            if step["name"] in names and (status := self._step(step)):
                return status
        return 0

    def _step(self, step: Mapping[str, Any]) -> int:
        files = {name: self.folder / f".{name}" for name in ("GITHUB_OUTPUT", "GITHUB_PATH")}
        for file in files.values():
            file.write_text("")
        script = self.folder / ".step.sh"
        script.write_text(step["run"])
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.folder,
            env={
                **os.environ,
                **{name: self._filled(text) for name, text in step["env"].items()},
                **{name: str(file) for name, file in files.items()},
                "PATH": f"{self.path}{os.pathsep}{os.environ['PATH']}",
                "RUNNER_TEMP": str(self.folder / ".temp"),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        self.printed += done.stdout + done.stderr
        for line in files["GITHUB_OUTPUT"].read_text().splitlines():
            name, _, value = line.partition("=")
            self.known[f"steps.{step['id']}.outputs.{name}"] = value
        self.path = files["GITHUB_PATH"].read_text().strip() or self.path
        return done.returncode

    def _filled(self, text: str) -> str:
        return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda match: self.known[match[1]], text)


LINT = ("Lint", "Tell the result")


def test_the_action_writes_a_report_annotates_and_fails(root: Path, folder: Path) -> None:
    written(folder / "src", pool__py=POOL)
    runner = Runner(root, folder, paths="src\n.")
    assert runner.run(*LINT) == 1
    assert runner.known["steps.lint.outputs.status"] == "1"
    assert "::warning title=KER301" in runner.printed and "file=src/pool.py,line=6" in runner.printed
    (result,) = json.loads((folder / "kerlint.sarif").read_text())["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (result["ruleId"], place["artifactLocation"]["uri"]) == ("KER301", "src/pool.py")


def test_the_action_passes_on_options_and_succeeds_without_findings(root: Path, folder: Path) -> None:
    written(folder, pool__py=POOL, fixed__py=FIXED)
    runner = Runner(root, folder, args="--ignore KER301 --fail-on info", sarif_file="out/of sight.sarif")
    (folder / "out").mkdir()
    assert runner.run(*LINT) == 0
    assert json.loads((folder / "out" / "of sight.sarif").read_text())["runs"][0]["results"] == []


def test_the_action_uploads_no_report_that_it_did_not_write(root: Path, folder: Path) -> None:
    (folder / "kerlint.sarif").write_text("of an earlier run")
    runner = Runner(root, folder, paths="here.py", args="--select NOTHING")
    runner.run("Lint")
    assert runner.known["steps.lint.outputs.status"] == "2"
    assert "steps.lint.outputs.written" not in runner.known


def test_no_input_of_the_action_is_a_command(root: Path, folder: Path) -> None:
    runner = Runner(root, folder, paths=". $(touch bad) ;touch bad `touch bad`", args="--verbose")
    assert runner.run(*LINT) == 2
    assert not (folder / "bad").exists()


@pytest.mark.slow
def test_the_action_installs_the_kerlint_that_it_came_with(
    copy_checkout: Callable[[Path], Path], tmp_path: Path
) -> None:
    runner = Runner(copy_checkout(tmp_path / "action"), tmp_path)
    assert runner.run("Install kerlint") == 0, runner.printed
    done = subprocess.run(
        [f"{runner.path}/kerlint", "--version"], capture_output=True, text=True, check=False
    )
    assert runner.path.startswith(str(tmp_path)) and done.stdout.startswith("kerlint ")


def test_the_script_of_the_gitlab_template_reports_and_fails(root: Path, folder: Path) -> None:
    written(folder, pool__py=POOL)
    job = yaml.safe_load((root / "templates" / "gitlab-ci.yml").read_text())["kerlint"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-c", "\n".join(job["script"])],
        cwd=folder,
        env={**os.environ, **job["variables"], "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "KER301" in done.stdout) == (1, True), done.stderr
    report = json.loads((folder / job["artifacts"]["reports"]["codequality"]).read_text())
    assert [entry["check_name"] for entry in report] == ["KER301"]
