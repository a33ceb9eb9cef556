"""``python -m billing`` is ``bioql-billing``."""

from billing.cli import main

main()
