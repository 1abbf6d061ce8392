"""What the rules' options change, and what no example can show: targets, fixes as text, related places."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

from kerlint.catalog import catalog
from kerlint.findings import Finding, Severity
from kerlint.linter import lint_bytes
from kerlint.settings import LintSettings


def found(code: str, program: str, *, target: str | None = None, **options: Any) -> list[Finding]:
    given = {code: {name.replace("_", "-"): value for name, value in options.items()}} if options else {}
    settings = LintSettings(rules=(code,), options=given, target=target)
    report = lint_bytes(dedent(program).lstrip("\n").encode(), "example.py", settings)
    assert not report.failures, report.failures
    return list(report.findings)


EXPLICIT_MIX = """
    from keras import Input, Sequential, layers

    model = Sequential([
        Input((64, 64, 3)),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.Conv2D(32, 3, padding="valid", activation="relu"),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.Flatten(),
        layers.Dense(10),
    ])
"""


def test_strict_mixed_padding_reports_mixes_that_are_spelled_out() -> None:
    assert found("KER302", EXPLICIT_MIX) == []
    (finding,) = found("KER302", EXPLICIT_MIX, strict=True)
    assert finding.location.row == 6
    assert finding.severity is Severity.INFO


POOLED = """
    from keras import Input, Sequential, layers

    model = Sequential([
        Input((64, 64, 3)),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(2, 2, padding="same"),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(2, 2),
        layers.Conv2D(64, 3, activation="relu"),
        layers.Flatten(),
        layers.Dense(10),
    ])
"""


def test_mixed_padding_counts_pools_only_when_asked() -> None:
    assert found("KER302", POOLED) == []
    (finding,) = found("KER302", POOLED, include_pools=True)
    assert finding.location.row == 6
    assert "1 of 4" in finding.message


DEPTHWISE = """
    from keras import Input, Sequential, layers

    model = Sequential([
        Input((64, 64, 3)),
        layers.DepthwiseConv2D(3),
        layers.MaxPooling2D(2, 2),
        layers.Conv2D(32, 3, activation="relu"),
        layers.Flatten(),
        layers.Dense(10),
    ])
"""


def test_depthwise_convolutions_are_judged_only_when_asked() -> None:
    assert found("KER201", DEPTHWISE) == []
    (finding,) = found("KER201", DEPTHWISE, depthwise=True)
    assert finding.location.row == 5


POOLS = """
    from keras import layers

    usual = layers.MaxPooling2D(2)
    unusual = layers.MaxPooling2D(3)
"""


def test_only_surprising_pool_strides_are_reported_when_asked() -> None:
    assert [each.severity for each in found("KER301", POOLS)] == [Severity.INFO, Severity.WARNING]
    (finding,) = found("KER301", POOLS, surprising_only=True)
    assert finding.location.row == 4


def test_the_target_decides_what_happens_to_a_reused_optimizer() -> None:
    program = """
        import numpy as np
        from keras import Input, Sequential, layers
        from keras.optimizers import Adam

        x, y = np.zeros((4, 3)), np.zeros((4, 1))
        opt = Adam(0.5)
        a = Sequential([Input((3,)), layers.Dense(1)])
        b = Sequential([Input((3,)), layers.Dense(1)])
        a.compile(opt, "mse")
        b.compile(opt, "mse")
        a.fit(x, y)
        b.fit(x, y)
    """
    (three,), (two,) = found("KER101", program, target="keras3"), found("KER101", program, target="keras2")
    assert "Keras 3 raises ValueError at `b.fit`" in three.message
    assert "state and step count" in two.message
    assert [related.location.row for related in three.related] == [6, 9, 12]
    assert three.fix is not None
    assert [(edit.content, edit.location.row) for edit in three.fix.edits] == [("Adam(0.5)", 10)]


def test_an_optimizer_with_computed_arguments_gets_no_fix() -> None:
    program = """
        import numpy as np
        from keras import Input, Sequential, layers
        from keras.optimizers import Adam, schedules

        x, y = np.zeros((4, 3)), np.zeros((4, 1))
        opt = Adam(schedules.ExponentialDecay(0.1, 10, 0.9))
        a = Sequential([Input((3,)), layers.Dense(1)])
        b = Sequential([Input((3,)), layers.Dense(1)])
        a.compile(opt, "mse")
        b.compile(opt, "mse")
        a.fit(x, y)
        b.fit(x, y)
    """
    (finding,) = found("KER101", program)
    assert finding.fix is None


def test_a_missing_activation_is_offered_as_all_siblings_have_it() -> None:
    program = """
        from keras import Input, Sequential, layers

        model = Sequential([
            Input((64, 64, 3)),
            layers.Conv2D(32, 3, activation="gelu"),
            layers.Conv2D(32, 3),
            layers.Conv2D(64, 3, activation="gelu"),
            layers.Flatten(),
            layers.Dense(10),
        ])
    """
    (finding,) = found("KER201", program)
    assert finding.fix is not None
    assert finding.fix.edits[0].content == ', activation="gelu"'
    assert [related.location.row for related in finding.related] == [7]


def test_written_strides_repeat_the_text_of_the_pool_size() -> None:
    program = """
        from keras import layers

        size = (2, 2)
        a = layers.MaxPooling2D(size)
        b = layers.MaxPooling2D()
        c = layers.MaxPooling2D(2, None)
        d = layers.MaxPooling2D(pool_size=[2, 2])
    """
    contents = [each.fix.edits[0].content for each in found("KER301", program) if each.fix]
    assert contents == [", strides=size", "strides=2", "2", ", strides=[2, 2]"]


def test_every_rule_names_itself_in_its_findings() -> None:
    for finding in found("KER301", POOLS):
        assert (finding.code, finding.name) == ("KER301", catalog()["KER301"].name)


def test_quotes_and_dashes_are_mended_outside_of_strings() -> None:
    program = """
        from keras import layers

        x = layers.Dense(1, name=\u2019it \u2014 is\u2019)  # it\u2019s
    """
    (finding,) = found("KER001", program)
    assert finding.fix is not None
    assert [edit.content for edit in finding.fix.edits] == ["'", "'"]
