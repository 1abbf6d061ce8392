"""The cache: what it finds again, what it must not, and that nothing breaks it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from kerlint import cache as module
from kerlint.cache import Cache, Visit, digest_of, open_cache
from kerlint.cache_folder import default_folder, is_cache, prepare
from kerlint.findings import Finding, Location, Region, Report, Severity
from kerlint.settings import LintSettings

SETTINGS = LintSettings(rules=("KER301",), options={"KER302": {"b": 1, "a": [2]}})
PLACE = Region(1, 1, 1, 2)
FINDING = Finding("KER301", "x", Severity.INFO, "m", Location("a.py", PLACE, PLACE))
REPORT = Report("a.py", (FINDING,))
DIGEST = digest_of(b"content")


def kept(folder: Path, report: Report = REPORT, digest: bytes = DIGEST) -> None:
    cache = open_cache(str(folder))
    cache.put(report, digest, SETTINGS)
    cache.close()


def found(folder: Path, *, digest: bytes = DIGEST, settings: LintSettings = SETTINGS) -> Report | None:
    cache = open_cache(str(folder))
    try:
        return cache.get("a.py", digest, settings)
    finally:
        cache.close()


def aged(path: Path, text: str, seconds: float = 10) -> os.stat_result:
    """Write a file as if it had been written a while ago."""
    path.write_text(text)
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))
    return path.stat()


def test_a_report_is_found_again_in_a_later_run(tmp_path: Path) -> None:
    kept(tmp_path / "c")
    assert found(tmp_path / "c") == REPORT


def test_other_content_settings_or_name_find_nothing(tmp_path: Path) -> None:
    kept(tmp_path)
    assert found(tmp_path, digest=digest_of(b"other")) is None
    assert found(tmp_path, settings=LintSettings(rules=("KER301",))) is None
    cache = open_cache(str(tmp_path))
    assert cache.get("b.py", DIGEST, SETTINGS) is None
    cache.close()


def test_a_changed_engine_finds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(tmp_path)
    monkeypatch.setattr(module, "fingerprint", lambda: b"another kerlint")
    assert found(tmp_path) is None


def test_a_report_falls_with_a_file_it_was_evaluated_with(tmp_path: Path) -> None:
    helper, missing = tmp_path / "helper.py", tmp_path / "later.py"
    aged(helper, "size = 3")
    kept(tmp_path / "c", Report("a.py", imports=(str(helper), str(missing))))
    assert found(tmp_path / "c") is not None
    missing.write_text("")
    assert found(tmp_path / "c") is None, "a module that was looked for now exists"
    missing.unlink()
    aged(helper, "size = 4")
    assert found(tmp_path / "c") is None, "same time and size do not matter, the content does"


def test_a_file_touched_without_a_change_keeps_its_report(tmp_path: Path) -> None:
    helper = tmp_path / "helper.py"
    aged(helper, "size = 3")
    kept(tmp_path / "c", Report("a.py", imports=(str(helper),)))
    helper.touch()
    assert found(tmp_path / "c") is not None


def test_problems_are_tried_again(tmp_path: Path) -> None:
    kept(tmp_path, Report("a.py", problem="gave up"))
    assert found(tmp_path) is None


def test_a_visit_is_known_while_time_and_size_hold(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    status = aged(path, "one")
    cache = open_cache(str(tmp_path / "c"))
    cache.visited(str(path), status, Visit(DIGEST, False))
    cache.close()
    cache = open_cache(str(tmp_path / "c"))
    assert cache.last_visit(str(path), path.stat()) == Visit(DIGEST, False)
    assert cache.last_visit(str(path), aged(path, "one", 20)) is None
    assert cache.last_visit(str(path), aged(path, "three")) is None
    cache.close()


def test_a_file_written_this_instant_is_not_trusted_by_its_time(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    status = aged(path, "one", seconds=-5)
    cache = open_cache(str(tmp_path / "c"))
    cache.visited(str(path), status, Visit(DIGEST, True))
    cache.close()
    cache = open_cache(str(tmp_path / "c"))
    assert cache.last_visit(str(path), status) is None
    cache.close()


def database(folder: Path) -> Path:
    (path,) = folder.glob("*.db")
    return path


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 400, None], ids=["empty", "garbage", "cut"])
def test_a_damaged_cache_is_rebuilt(tmp_path: Path, damage: bytes | None) -> None:
    kept(tmp_path)
    path = database(tmp_path)
    path.write_bytes(path.read_bytes()[:5000] if damage is None else damage)
    found(tmp_path)
    kept(tmp_path)
    kept(tmp_path)
    assert found(tmp_path) == REPORT


def test_a_cache_with_other_tables_is_rebuilt(tmp_path: Path) -> None:
    kept(tmp_path)
    with sqlite3.connect(database(tmp_path)) as connection:
        connection.executescript("DROP TABLE reports; CREATE TABLE reports (other INTEGER)")
    kept(tmp_path)
    assert found(tmp_path) == REPORT


def test_a_record_that_is_not_a_report_is_ignored(tmp_path: Path) -> None:
    kept(tmp_path)
    with sqlite3.connect(database(tmp_path)) as connection:
        connection.execute("UPDATE reports SET report = x'c1ff'")
    assert found(tmp_path) is None


def test_a_cache_that_another_run_holds_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LOCK_SECONDS", 0.05)
    kept(tmp_path)
    other = sqlite3.connect(database(tmp_path), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    cache = open_cache(str(tmp_path))
    assert cache.get("a.py", DIGEST, SETTINGS) is None
    cache.put(REPORT, DIGEST, SETTINGS)
    cache.close()
    other.execute("COMMIT")
    other.close()
    assert found(tmp_path) == REPORT


def test_runs_side_by_side_keep_each_others_results(tmp_path: Path) -> None:
    first, second = open_cache(str(tmp_path)), open_cache(str(tmp_path))
    first.put(REPORT, digest_of(b"1"), SETTINGS)
    second.put(REPORT, digest_of(b"2"), SETTINGS)
    first.close()
    second.close()
    assert found(tmp_path, digest=digest_of(b"1")) == found(tmp_path, digest=digest_of(b"2")) == REPORT


def test_where_nothing_can_be_written_there_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = open_cache(str(tmp_path / "file" / "c"))
    cache.put(REPORT, DIGEST, SETTINGS)
    assert cache.get("a.py", DIGEST, SETTINGS) is None
    assert cache.note is not None
    cache.close()


def test_a_cache_does_not_grow_without_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SIZE_LIMIT", 200_000)
    for batch in range(12):
        cache = open_cache(str(tmp_path))
        for number in range(200):
            cache.put(REPORT, digest_of(f"{batch}:{number}".encode()), SETTINGS)
        cache.close()
    assert database(tmp_path).stat().st_size < 500_000
    assert found(tmp_path, digest=digest_of(b"11:199")) == REPORT


def test_only_a_few_versions_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in range(6):
        monkeypatch.setattr(module, "fingerprint", lambda version=version: b"%d" % version)
        kept(tmp_path)
    assert len(list(tmp_path.glob("*.db"))) == module._VERSIONS_KEPT


def test_a_cache_that_was_never_opened_knows_nothing() -> None:
    cache = Cache()
    cache.put(REPORT, DIGEST, SETTINGS)
    assert cache.get("a.py", DIGEST, SETTINGS) is None
    cache.close()


def test_the_folder_is_kept_out_of_git_and_of_backups(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert prepare(str(folder))
    assert (folder / ".gitignore").read_text().splitlines()[-1] == "*"
    assert (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert is_cache(str(folder))
    assert not is_cache(str(tmp_path))


def test_the_folder_lies_at_the_root_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KERLINT_CACHE_DIR", raising=False)
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.chdir(inner)
    assert default_folder() == str(tmp_path / ".kerlint_cache")
    monkeypatch.setenv("KERLINT_CACHE_DIR", "elsewhere")
    assert default_folder() == str(inner / "elsewhere")
