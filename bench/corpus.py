"""Download, verify and unpack the public corpus: `python -m bench.corpus`.

The packages, versions and hashes stand in `corpus.txt`; archives and sources land in `bench/.corpus/`,
which git ignores. Only Python files and notebooks are unpacked, so that no package's own configuration
changes what a linter does there.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

HERE = Path(__file__).resolve().parent
CORPUS = (HERE / ".corpus").resolve()
ARCHIVES = CORPUS / "archives"
SOURCES = CORPUS / "sources"
SUFFIXES = (".py", ".ipynb")


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned archive: requirement (`name==version`), `wheel` or `sdist`, and its SHA-256 in hex."""

    requirement: str
    kind: str
    sha256: str

    @property
    def folder(self) -> Path:
        """Where its sources are unpacked: `sources/NAME-VERSION`."""
        return SOURCES / self.requirement.replace("==", "-")


def packages() -> tuple[Package, ...]:
    """The pinned packages, in the order of `corpus.txt`."""
    lines = (HERE / "corpus.txt").read_text().splitlines()
    return tuple(Package(*line.split()) for line in lines if line and not line.startswith("#"))


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def find_archive(package: Package) -> Path | None:
    """The downloaded archive with the pinned hash, or None. (`keras` and `Keras` differ by case alone.)"""
    return next((path for path in sorted(ARCHIVES.iterdir()) if digest(path) == package.sha256), None)


def download(package: Package) -> Path:
    """The archive of `package`, fetched with pip unless it is there already.

    Raises SystemExit when the index serves another file than the pinned one, or none.
    """
    ARCHIVES.mkdir(parents=True, exist_ok=True)
    if found := find_archive(package):
        return found
    binary = "--only-binary" if package.kind == "wheel" else "--no-binary"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += [binary, ":all:", "--dest", str(ARCHIVES), package.requirement]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"cannot download {package.requirement}:\n{done.stderr}")
    if found := find_archive(package):
        return found
    raise SystemExit(f"{package.requirement}: no downloaded archive has the pinned hash {package.sha256}")


def members(archive: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Every regular source file of a wheel or source archive, with its bytes."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            for name in wheel.namelist():
                if name.endswith(SUFFIXES):
                    yield PurePosixPath(name), wheel.read(name)
        return
    with tarfile.open(archive) as sdist:
        for entry in sdist:
            if entry.isfile() and entry.name.endswith(SUFFIXES):
                content = sdist.extractfile(entry)
                assert content is not None, "a regular file has content"
                yield PurePosixPath(entry.name), content.read()


def unpack(package: Package, archive: Path) -> None:
    """Write the archive's sources below `package.folder`, once.

    An empty pyproject.toml makes the folder a project of its own, on which this repository's requirements have
    no say.

    Raises SystemExit for a member whose path would leave the folder.
    """
    package.folder.mkdir(parents=True, exist_ok=True)
    (package.folder / "pyproject.toml").touch()
    marker = package.folder / ".complete"
    if marker.exists() and marker.read_text() == package.sha256:
        return
    for name, content in members(archive):
        if name.is_absolute() or ".." in name.parts:
            raise SystemExit(f"{archive.name}: refusing to unpack {name}")
        target = package.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    marker.write_text(package.sha256)


def files(package: Package) -> list[Path]:
    """The package's unpacked sources, sorted."""
    return sorted(path for path in package.folder.rglob("*") if path.suffix in SUFFIXES and path.is_file())


def corpus_files(suffixes: tuple[str, ...] = SUFFIXES) -> list[Path]:
    """All unpacked sources with one of `suffixes`, package by package.

    Raises SystemExit when the corpus has not been downloaded.
    """
    found = [path for package in packages() for path in files(package) if path.suffix in suffixes]
    if not found:
        raise SystemExit("the corpus is not here: run `python -m bench.corpus` first")
    return found


def main() -> None:
    """Fetch all packages and print a table of their files and lines."""
    total_files = total_lines = 0
    print(f"{'package':32} {'files':>6} {'lines':>9}")
    for package in packages():
        unpack(package, download(package))
        sources = files(package)
        lines = sum(path.read_bytes().count(b"\n") for path in sources)
        print(f"{package.requirement:32} {len(sources):6,} {lines:9,}", flush=True)
        total_files += len(sources)
        total_lines += lines
    print(f"{'total':32} {total_files:6,} {total_lines:9,}")
    print(f"sources: {SOURCES}")


if __name__ == "__main__":
    main()
