"""The snippets for editors in docs/editors.md, run in those editors; the others are at least well-formed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from .sessions import POOL

FIXED = POOL.replace("(3)", "(3, strides=3)")
MESSAGE = "MaxPooling2D has no strides"


def snippet(root: Path, language: str, section: str) -> str:
    """The fenced block of a language below a heading of docs/editors.md."""
    page = (root / "docs" / "editors.md").read_text(encoding="utf-8")
    text = page.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    (block,) = re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    return str(block)


def prepare(folder: Path, **files: str) -> None:
    """A project with one faulty file, and an editor's files; `init_lua` is `init.lua`."""
    for name, text in {"net_py": POOL, "kerlint_toml": "", **files}.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")


def run(folder: Path, *command: str) -> str:
    """What an editor prints, on either output; this Python's kerlint comes first on its PATH."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config")}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    return done.stdout + done.stderr


NEOVIM = """
local function published() return #vim.diagnostic.get(0) > 0 end
assert(vim.wait(60000, published, 20), "no findings")
print("finding: " .. vim.diagnostic.get(0)[1].message)
vim.cmd("qall!")
"""


@pytest.mark.slow
def test_neovim_shows_findings(root: Path, tmp_path: Path) -> None:
    prepare(tmp_path, init_lua=snippet(root, "lua", "Neovim"), drive_lua=NEOVIM)
    neovim = str(Path(sys.executable).with_name("nvim"))
    printed = run(tmp_path, neovim, "--headless", "-n", "-u", "init.lua", "net.py", "-c", "luafile drive.lua")
    assert f"finding: {MESSAGE}" in printed


EMACS = """
(require 'package)
(package-initialize)
(setq project-find-functions (list (lambda (folder) (cons 'transient folder))))
(load (expand-file-name "init.el"))
(defun wait-for (what) (with-timeout (60 (error "Nothing came: %S" what))
  (while (not (funcall what)) (accept-process-output nil 0.02))))
(find-file "net.py")
(run-hooks 'post-command-hook)
(wait-for #'eglot-managed-p)
(wait-for #'flymake-diagnostics)
(let ((finding (car (flymake-diagnostics))) (last-nonmenu-event t))
  (message "finding: %s" (flymake-diagnostic-text finding))
  (cl-letf (((symbol-function 'completing-read) (lambda (&rest given) (car (last given)))))
    (eglot-code-actions (flymake-diagnostic-beg finding) (flymake-diagnostic-end finding) "quickfix" t)))
(save-buffer)
(eglot-shutdown (eglot-current-server))
"""


@pytest.mark.slow
@pytest.mark.editors
def test_emacs_shows_findings_and_applies_a_fix(root: Path, tmp_path: Path) -> None:
    prepare(tmp_path, init_el=snippet(root, "elisp", "Emacs"), drive_el=EMACS)
    printed = run(tmp_path, "emacs", "--batch", "-l", "drive.el")
    assert f"finding: kerlint [KER301]: {MESSAGE}" in printed, printed
    assert (tmp_path / "net.py").read_text() == FIXED, printed


def test_the_other_snippets_are_well_formed(root: Path) -> None:
    assert json.loads(snippet(root, "json", "VS Code"))
    assert json.loads(snippet(root, "json", "Zed"))
    assert tomllib.loads(snippet(root, "toml", "Helix"))["language-server"]["kerlint"]["args"] == ["server"]
