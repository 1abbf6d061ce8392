"""The commands and their options. Only what click needs is here; the work is in `kerlint.shell.run` and beside it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import click

from kerlint.cache_folder import default_folder, is_cache
from kerlint.problems import Problem, did_you_mean
from kerlint.shell.output import complain, write
from kerlint.version import VERSION

CANNOT = 2
"""The exit status when something that was asked cannot be done."""

LEVELS = ("info", "warning", "error")
TARGETS = ("keras2", "keras3")
FORMATS = ("text", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson", "html")


def run(arguments: Sequence[str]) -> int:
    """Run a command line; returns the exit status. What cannot be done is one line on standard error."""
    try:
        with kerlint.make_context("kerlint", list(arguments), obj=tuple(arguments)) as context:
            status = kerlint.invoke(context)
        return status if isinstance(status, int) else 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except Problem as problem:
        complain(f"kerlint: {problem}\n")
    except click.UsageError as error:
        complain(f"kerlint: {_one_line(error)}\n")
    except FileNotFoundError as error:
        if _folder_exists():
            raise
        complain(f"kerlint: the working folder is gone ({error.strerror})\n")
    return CANNOT


def _folder_exists() -> bool:
    try:
        return os.path.isdir(os.getcwd())
    except FileNotFoundError:
        return False


def _one_line(error: click.UsageError) -> str:
    """click's complaint in kerlint's form: one line, a small letter, the remedy in brackets."""
    message = " ".join(error.format_message().split()).rstrip(".")
    message = message[:1].lower() + message[1:]
    if isinstance(error, click.NoSuchOption):
        known = error.ctx.command.get_params(error.ctx) if error.ctx else []
        names = [
            name for option in known for name in (*option.opts, *option.secondary_opts) if name[:2] == "--"
        ]
        remedy = did_you_mean(error.option_name, names, "see `kerlint check --help`")
        return f"no such option: {error.option_name} ({remedy})"
    return message


class _Group(click.Group):
    """A group in which `check` may be left out: `kerlint src/` is `kerlint check src/`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"--help", "-h", "--version", "-V"}
        if not args or (args[0] not in own and args[0] not in self.commands):
            args = ["check", *args]
        return super().parse_args(ctx, args)


def _listed(
    context: click.Context, option: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...] | None:
    """An option that takes a list with commas and may be repeated; None when it was not given."""
    if not value:
        return None
    return tuple(part.strip() for given in value for part in given.split(",") if part.strip())


def _list_option(name: str, text: str) -> Callable[[Any], Any]:
    return click.option(name, multiple=True, callback=_listed, metavar="LIST", help=text)


_unconfined = click.option(
    "--allow-unconfined",
    is_flag=True,
    help="Run code even where the system cannot lock a process down: it has your rights then.",
)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, "-V", "--version", prog_name="kerlint", message="%(prog)s %(version)s")
def kerlint() -> None:
    """Find what will silently hurt the training of Keras models, before anything runs.

    `kerlint PATH ...` is short for `kerlint check PATH ...`.
    """


@kerlint.command(
    epilog="Exit status: 0 nothing at or above --fail-on, 1 findings, 2 something could not be done."
)
@click.argument("paths", nargs=-1, metavar="[PATH ...]")
@_list_option("--select", "Rules to run: codes, prefixes (KER3), names or ALL, with commas.")
@_list_option("--extend-select", "Rules to run besides the selected ones.")
@_list_option("--ignore", "Rules not to run.")
@click.option("--preview/--no-preview", default=None, help="Let prefixes and ALL take in preview rules.")
@click.option("--fix", is_flag=True, help="Apply safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix, --diff or --fix-only: the other fixes too.")
@click.option("--fix-only", is_flag=True, help="Apply safe fixes and do not report what is left.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option(
    "--output-format", type=click.Choice(FORMATS), help="How findings are printed.  [default: text]"
)
@click.option("--output-file", "-o", metavar="FILE", help="Write the output there instead.")
@click.option("--statistics", is_flag=True, help="Show counts by rule instead of findings.")
@click.option("--fail-on", type=click.Choice(LEVELS), help="Least severity that fails.  [default: warning]")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option("--baseline", metavar="FILE", help="Leave out the findings that FILE accepts.")
@click.option("--write-baseline", is_flag=True, help="Write the present findings to the baseline.")
@click.option(
    "--changed-since", metavar="REV", help="Only findings that touch lines changed since a git revision."
)
@click.option("--add-ignores", is_flag=True, help="Add a suppression comment for every finding.")
@click.option(
    "--confirm",
    is_flag=True,
    help="Build the models with TensorFlow and give each finding a verdict. This runs code of the files, in"
    " locked-down processes.",
)
@click.option("--only-confirmed", is_flag=True, help="Confirm, and show only what Keras confirms.")
@_unconfined
@click.option("--target", type=click.Choice(TARGETS), help="The Keras the code is for, else inferred.")
@click.option("--config", metavar="FILE", help="Use this configuration file for all files.")
@click.option("--isolated", is_flag=True, help="Read no configuration file.")
@click.option("--allow-local-rules", is_flag=True, help="Load the rule folders that the configuration names.")
@_list_option("--exclude", "Patterns of files to leave out, instead of the default ones.")
@_list_option("--extend-exclude", "Patterns of files to leave out besides.")
@click.option(
    "--force-exclude/--no-force-exclude",
    default=None,
    help="Whether excludes hold for files named here.  [default: yes]",
)
@click.option(
    "--respect-gitignore/--no-respect-gitignore",
    default=None,
    help="Leave out what git ignores.  [default: yes]",
)
@click.option("--stdin-filename", metavar="FILE", help="The name of what is read from standard input (-).")
@click.option(
    "--jobs", "-j", type=click.IntRange(min=1), metavar="N", help="Worker processes; 1: work in this one."
)
@click.option("--cluster", metavar="ADDRESS", help="Work on a Dask cluster (tcp://...).")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@click.option("--color/--no-color", default=None, help="Colours.  [default: on a terminal, unless NO_COLOR]")
@click.option("--show-files", is_flag=True, help="List the files that would be linted.")
@click.option("--show-settings", is_flag=True, help="Show the settings that hold for the first file.")
@click.option("--verbose", "-v", is_flag=True, help="Tell where evaluation gave up, timings and cache use.")
@click.option("--watch", "-w", is_flag=True, help="Check again whenever something changes, until Ctrl-C.")
def check(**given: Any) -> int:
    """Lint files, folders and notebooks; `-` reads standard input, nothing is the working folder."""
    from kerlint.shell.request import request_of
    from kerlint.shell.run import check as run_check

    request = request_of(given, click.get_current_context().obj)
    if request.watch:
        from kerlint.shell.watch import watch

        return watch(request)
    result = run_check(request)
    write(result)
    return result.status


@kerlint.command(epilog="Exit status: 0 done, 1 --verify found a disagreement, 2 could not be done.")
@click.argument("what", metavar="TARGET")
@click.option(
    "--output-format", type=click.Choice(["text", "json", "html"]), default="text", show_default=True
)
@click.option("--output-file", "-o", metavar="FILE", help="Write the output there instead.")
@click.option(
    "--input-shape",
    "input_shapes",
    multiple=True,
    metavar="SHAPE",
    help="What goes into a model that nobody calls: 32,32,3 without the batch axis; once for each input.",
)
@click.option(
    "--target", "keras", type=click.Choice(TARGETS), help="The Keras the code is for, else inferred."
)
@click.option("--verbose", "-v", is_flag=True, help="Each layer's weights, arguments and their origin.")
@click.option(
    "--verify",
    is_flag=True,
    help="Build the models with Keras and compare. This runs the file's code in a locked-down process;"
    " training is left out.",
)
@_unconfined
def summary(what: str, **given: Any) -> int:
    """Print what model.summary() would, without running anything and without TensorFlow.

    TARGET is a file (all its models) or FILE:NAME: a variable, a class, or a function that builds a model,
    with literal arguments if it needs some: net.py:build(classes=10).
    """
    from kerlint.summary.run import SummaryRequest
    from kerlint.summary.run import run as run_summary

    result = run_summary(SummaryRequest(what, **given))
    write(result)
    return result.status


@kerlint.command(
    epilog="Exit status: 0 the models and their training are equal, 1 they differ or it is not known,"
    " 2 could not be done."
)
@click.argument("left", metavar="TARGET")
@click.argument("right", metavar="TARGET")
@click.option(
    "--output-format", type=click.Choice(["text", "json", "html"]), default="text", show_default=True
)
@click.option("--output-file", "-o", metavar="FILE", help="Write the output there instead.")
@click.option(
    "--target", "keras", type=click.Choice(TARGETS), help="The Keras the code is for, else inferred."
)
@click.option("--color/--no-color", default=None, help="Colours.  [default: on a terminal, unless NO_COLOR]")
@click.option(
    "--verify",
    is_flag=True,
    help="Build both with Keras, copy the weights across and compare outputs. This runs the files' code in a"
    " locked-down process; training is left out.",
)
@_unconfined
def diff(**given: Any) -> int:
    """Tell whether two models are the same, and where they part, without running anything.

    A TARGET is a file with one model or FILE:NAME, as for `kerlint summary`; both may be in one file.
    """
    from kerlint.diff.run import DiffRequest
    from kerlint.diff.run import run as run_diff

    result = run_diff(DiffRequest(**given))
    write(result)
    return result.status


@kerlint.command(name="rule")
@click.argument("name", required=False, metavar="[CODE|NAME]")
@click.option("--all", "everything", is_flag=True, help="All rules.")
@click.option(
    "--output-format", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True
)
def show_rule(name: str | None, everything: bool, output_format: str) -> None:
    """Print a rule's documentation: why, bad and good examples, options."""
    from kerlint.rule_pages import pages

    if (name is None) is not everything:
        raise click.UsageError("name one rule, or give --all")
    click.echo(pages(name, output_format), nl=False)


@kerlint.command()
@click.option("--stdio", is_flag=True, help="Speak over standard input and output, as it always does.")
def server(stdio: bool) -> int:
    """Run the language server for editors (needs the extra: pip install 'kerlint[server]')."""
    try:
        from kerlint.server.run import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise Problem("the language server needs pygls", remedy="pip install 'kerlint[server]'") from error
    return serve()


@kerlint.command()
def clean() -> None:
    """Remove the cache."""
    from shutil import rmtree

    folder = default_folder()
    if not os.path.isdir(folder):
        click.echo("No cache")
        return
    if not is_cache(folder):
        raise Problem("not a cache of kerlint: nothing removed", where=folder)
    rmtree(folder)
    click.echo(f"Removed {folder}")
