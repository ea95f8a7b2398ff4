"""`tierlang`: the group of all commands, and the guard that turns a user's mistake into a plain message."""

from __future__ import annotations

import gc
import importlib
import os
import sys

import click

from tierlang import __version__
from tierlang.cli.failure import Failure, plain_words
from tierlang.diagnostics.suggest import listing, nearest

COMMANDS = ("check", "rule", "fmt", "test", "eval", "explain", "plan", "apply", "history", "ledger", "replay")

_NO_TEXT = "tierlang.no_text"
INTERRUPTED = 130
BROKEN_PIPE = 141


class Commands(click.Group):
    """A group whose commands are imported when they are asked for, so that `check` starts without the engines."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the work: rules and their tests, then accounts, then tiers over time."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name from the module of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"tierlang.cli.{cmd_name}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; remembers an argument whose bytes are no text in the encoding of the terminal."""
        ctx.meta[_NO_TEXT] = next((arg for arg in args if any("\ud800" <= sign <= "\udfff" for sign in arg)), None)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; a rule file in the place of a command, or a command misspelt, is met with what was meant."""
        if args and args[0].endswith(".tier"):
            raise click.UsageError(f"Say what to do with {args[0]}, for example: tierlang check {args[0]}", ctx)
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            close = nearest(args[0], COMMANDS)
            meant = f"Did you mean {close}?" if close else f"There are {listing(COMMANDS)}."
            raise click.UsageError(f"There is no command {args[0]}. {meant}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command; a mistake of the user or of the machine ends in a message, a bug of ours in its traceback."""
        try:
            result: object = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
            return result
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            click.echo("\nStopped. No result was written.", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            _let_go_of_the_pipe()
            ctx.exit(BROKEN_PIPE)
        except (OSError, UnicodeError, MemoryError) as problem:
            raise Failure(plain_words(problem)) from problem
        except Exception as problem:
            if (odd := ctx.meta.get(_NO_TEXT)) is not None:
                raise Failure(_no_text(odd)) from problem
            import traceback

            traceback.print_exc()
            click.echo(
                f"\nThis is a mistake in tierlang {__version__}, not in your files. Please report it with the lines above"
                " and, if you can, the rule file.",
                err=True,
            )
            ctx.exit(Failure.exit_code)


def _no_text(argument: str) -> str:
    """DuckDB takes UTF-8 alone, so names with other bytes cannot reach it."""
    shown = argument.encode("ascii", "backslashreplace").decode("ascii")
    encoding = sys.getfilesystemencoding()
    return (
        f"{shown} has bytes that are no text in the encoding of this terminal ({encoding})\n"
        "Write it in that encoding, or use a UTF-8 terminal, for example with LC_ALL=C.UTF-8."
    )


def _let_go_of_the_pipe() -> None:
    """Keeps the interpreter from complaining about the closed pipe when it flushes at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


EXAMPLES = """
\b
Examples, in the folder rulesets/saas_abm:
  tierlang check saas_abm.tier
  tierlang eval saas_abm.tier accounts.csv --events events.csv --signals signals.csv -o tiers.csv
  tierlang explain saas_abm.tier accounts.csv A-00002 --events events.csv --signals signals.csv
  tierlang plan saas_abm.tier accounts.csv --events events.csv --signals signals.csv --ledger tiers.ledger -o plan.json
  tierlang apply plan.json

\b
Exit status: 0 all well; 1 what was asked about is not well (findings, failing tests, a ledger
that was tampered with); 2 it could not be done.
"""


@click.group(
    cls=Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, "-V", "--version", prog_name="tierlang", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Account tiers as code: check the rules, place the accounts, explain every placement, plan every move."""
    # A command lives for a moment and frees little: collecting garbage as often as a server would costs a sixth of its start.
    gc.set_threshold(50_000, 20, 100)
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        ctx.color = False
    # A job may close standard output (`>&-`): then there is none.
    if isinstance(getattr(sys.stdout, "errors", None), str) and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
