"""``matcher completion``."""

from __future__ import annotations

import click

from matcher.cli.shape import Command


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that makes SHELL complete commands, options and files of matcher.

    \b
    bash: add to ~/.bashrc:   eval "$(matcher completion bash)"
    zsh:  add to ~/.zshrc:    eval "$(matcher completion zsh)"
    fish: matcher completion fish > ~/.config/fish/completions/matcher.fish

    Example: matcher completion bash
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:  # a click without this shell
        raise click.UsageError(f"the installed click knows no completion for {shell}")
    # The name is that of the installed program, however this one was started.
    click.echo(kind(ctx.find_root().command, {}, "matcher", "_MATCHER_COMPLETE").source())
