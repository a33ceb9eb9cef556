"""lsprotocol's converter made strict: it takes 3 for "3" and "no" for true.

A hook for a plain type is also taken for its subclasses, the enumerations of LSP: hence ``kind``.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

import attrs
from cattrs import Converter
from lsprotocol import converters

from bioql_lsp.server.guard import InvalidParamsError, describe_invalid

T = TypeVar("T")


@cache
def strict_converter() -> Converter:
    """The converter of JSON to LSP's types that refuses values of another type."""
    converter = converters.get_converter()
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(bool, _boolean)
    converter.register_structure_hook(int, _integer)
    return converter


def structured(about: str, given: Any, kind: type[T]) -> T:
    """Plain JSON as an attrs class of ours; ``about`` names the method or command.

    Raises InvalidParamsError that names the fields.
    """
    fields = ", ".join(field.name for field in attrs.fields(kind))  # type: ignore[arg-type]
    if not isinstance(given, dict):
        raise InvalidParamsError(f"{about} takes one object with {fields}.")
    try:
        return strict_converter().structure(given, kind)
    except Exception as error:
        raise InvalidParamsError(
            f"{about} takes an object with {fields}: {describe_invalid(error)}."
        ) from None


def _text(value: Any, kind: type[str]) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value if kind is str else kind(value)


def _boolean(value: Any, _kind: type[bool]) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false expected")
    return value


def _integer(value: Any, kind: type[int]) -> int:
    # Some clients know one kind of number and write 1 as 1.0.
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("whole number expected")
    return value if kind is int else kind(value)
