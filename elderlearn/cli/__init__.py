"""The door for whoever keeps the house: `elderlearn COMMAND`, one file per command in this folder."""

from elderlearn.cli._commands import Commands

main = Commands(
    name="elderlearn",
    help="Community elder learning: serve it, look after it. Every command works beside a running one.",
)
