"""The tools kerlint is measured against, each in an environment of its own: `python -m bench.peers`.

They never share one: torchfix pins libcst below 1.6 and registers itself in flake8, fixit pins click below
8.2. The web packages are only unpacked, as a tree of Python that has nothing to do with Keras.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.corpus import HERE

PEERS = HERE / ".peers"
PINNED = ("torchfix==0.7.0", "fixit==2.2.1", "flake8==7.5.0", "pylint==4.1.4", "ruff==0.17.6")
WEB = PEERS / "web"
WEB_PINNED = ("django==5.2.8", "sqlalchemy==2.0.44", "flask==3.1.2", "fastapi==0.121.3", "requests==2.32.5")


def pip(*arguments: str) -> None:
    """Run pip with the arguments, under the running Python.

    Raises SystemExit with pip's own words when it fails.
    """
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"pip {' '.join(arguments)} failed:\n{done.stderr}")


def program(peer: str) -> str:
    """Path of a peer's console script (`ruff`, `flake8`, ...), installed on first use."""
    requirement = next(pin for pin in PINNED if pin.startswith(f"{peer}=="))
    folder = PEERS / requirement.replace("==", "-")
    script = folder / "bin" / peer
    if not script.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip("--python", str(folder), "install", requirement)
    return str(script)


def web_files() -> list[Path]:
    """All Python files of a web project's packages and what they need, sorted; installed on first use."""
    marker = WEB / ".complete"
    if not marker.exists():
        pip("install", "--only-binary", ":all:", "--target", str(WEB), *WEB_PINNED)
        marker.write_text("\n".join(WEB_PINNED))
    return sorted(path for path in WEB.rglob("*.py") if path.is_file())


def main() -> None:
    """Install everything and say where it is."""
    for pin in PINNED:
        print(f"{pin:20} {program(pin.partition('==')[0])}", flush=True)
    print(f"{len(web_files())} web files in {WEB}")


if __name__ == "__main__":
    main()
