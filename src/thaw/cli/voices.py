"""``thaw voices``: who can speak, and who may join."""

import click


@click.group(short_help="List, add, remove and hear voices.")
def voices() -> None:
    """List, add, remove and hear the voices on this machine.

    \b
    Examples:
      thaw voices list
      thaw voices say flite-slt
    """
