"""lsprotocol's converter made strict: it takes 3 for "3" and "no" for true."""

from __future__ import annotations

import operator
from functools import partial
from typing import Any

from cattrs import Converter
from lsprotocol import converters


def strict_converter() -> Converter:
    """A converter of JSON to LSP's types that refuses values of another type."""
    converter = converters.get_converter()
    for kind, hook in ((str, _text), (bool, _boolean), (int, _integer)):
        # By identity: a hook for `int` itself would also be taken for the enumerations.
        converter.register_structure_hook_func(partial(operator.is_, kind), hook)
    return converter


def _text(value: Any, _kind: type) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _boolean(value: Any, _kind: type) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false expected")
    return value


def _integer(value: Any, _kind: type) -> int:
    # Some clients know one kind of number and write 1 as 1.0.
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("whole number expected")
    return value
