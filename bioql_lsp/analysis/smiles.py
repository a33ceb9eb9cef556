"""A SMILES read token by token: is it one, and if not, where does it go wrong?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

SMILES_CHARS_MAX = 4096
_ELEMENTS = frozenset(
    re.findall(
        r"\S+",
        """H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As
        Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd
        Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am
        Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og
        b c n o p s as se si te *""",
    )
)
_TOKEN = re.compile(
    r"(?P<bracket>\[[^\[\]\s]*\])"
    r"|(?P<atom>Cl|Br|[BCNOPSFI]|[bcnops]|\*)"
    r"|(?P<bond>->|<-|[-=#$:/\\~])"
    r"|(?P<ring>[0-9]|%[0-9]{2}|%\([0-9]{1,5}\))"
    r"|(?P<open>\()|(?P<close>\))|(?P<dot>\.)"
)
_BRACKET = re.compile(
    r"\[(?P<isotope>[0-9]{1,3})?(?P<symbol>[A-Z][a-z]?|[a-z]{1,2}|\*)"
    r"(?P<chiral>@(?:@|(?:TH|AL|SP|TB|OH)[0-9]{1,2})?)?(?P<hydrogens>H[0-9]?)?"
    r"(?P<charge>\+{1,4}|-{1,4}|[+-][0-9]{1,2})?(?P<label>:[0-9]{1,4})?\]"
)
_ORDERS = {"=": 2, "#": 3, "$": 4, "->": 0, "<-": 0, "~": 0}
# Only where a higher number is never written: nitro groups are, as N(=O)=O.
_BONDS_MAX = {"C": 4, "N": 5, "O": 2, "F": 1, "B": 3}


@dataclass(frozen=True, slots=True)
class SmilesProblem:
    """What is wrong with a SMILES; the offsets are into it."""

    message: str
    start: int
    end: int


class _ProblemError(Exception):
    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.problem = SmilesProblem(message, start, end)


@dataclass(slots=True)
class _Atom:
    symbol: str
    start: int
    end: int
    parent: int
    depth: int
    root: int
    bonds: int = 0
    neighbours: set[int] = field(default_factory=set)
    is_in_ring: bool = False


@dataclass(slots=True)
class _Ring:
    atom: int
    bond: str
    start: int
    end: int


def check_smiles(text: str) -> SmilesProblem | None:
    """The first problem of a SMILES, or None where nothing is obviously wrong with it."""
    if not text:
        return SmilesProblem("The SMILES is empty.", 0, 0)
    if len(text) > SMILES_CHARS_MAX:
        message = f"A SMILES of more than {SMILES_CHARS_MAX} characters is not checked."
        return SmilesProblem(message, SMILES_CHARS_MAX, len(text))
    try:
        _Reader(text).read()
    except _ProblemError as error:
        return error.problem
    return None


class _Reader:
    """The state while reading: atoms so far, the open branches, rings and the pending bond."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.atoms: list[_Atom] = []
        self.current: int | None = None
        self.bond: re.Match[str] | None = None
        self.branches: list[tuple[int, int]] = []
        self.rings: dict[str, _Ring] = {}
        self.closures: list[tuple[int, int]] = []
        self.previous = ""

    def read(self) -> None:
        """Read all of it. Raises _ProblemError at the first problem."""
        offset = 0
        while offset < len(self.text):
            token = _TOKEN.match(self.text, offset)
            if token is None:
                raise self._unknown(offset)
            kind = str(token.lastgroup)
            getattr(self, f"_read_{kind}")(token)
            self.previous = kind
            offset = token.end()
        self._end()
        self._check_rings()
        self._check_bonds()

    def _unknown(self, offset: int) -> _ProblemError:
        if self.text[offset] == "[":
            return _ProblemError("This bracket is not closed.", offset, offset + 1)
        letters = re.compile(r"[A-Za-z]+").match(self.text, offset)
        if letters:
            what = self.text[offset]
            message = f"'{what}' is no atom that SMILES writes without brackets."
            return _ProblemError(message, offset, offset + 1)
        return _ProblemError(f"'{self.text[offset]}' has no meaning here.", offset, offset + 1)

    def _read_bracket(self, token: re.Match[str]) -> None:
        inside = _BRACKET.fullmatch(token.group())
        if inside is None:
            raise _ProblemError(f"{token.group()} is no atom.", *token.span())
        symbol = inside["symbol"]
        if symbol not in _ELEMENTS:
            raise _ProblemError(f"'{symbol}' is no element.", *token.span())
        self._add(token, symbol if symbol.islower() else f"[{symbol}]")

    def _read_atom(self, token: re.Match[str]) -> None:
        self._add(token, token.group())

    def _add(self, token: re.Match[str], symbol: str) -> None:
        index, parent = len(self.atoms), self.current
        if parent is None:
            self.atoms.append(_Atom(symbol, *token.span(), -1, 0, index))
        else:
            above = self.atoms[parent]
            self.atoms.append(_Atom(symbol, *token.span(), parent, above.depth + 1, above.root))
            self._connect(parent, index, self._take_bond())
        self.current = index

    def _connect(self, first: int, second: int, bond: str) -> None:
        for one, other in ((first, second), (second, first)):
            self.atoms[one].bonds += _ORDERS.get(bond, 1)
            self.atoms[one].neighbours.add(other)

    def _take_bond(self) -> str:
        bond, self.bond = self.bond, None
        return bond.group() if bond else ""

    def _read_bond(self, token: re.Match[str]) -> None:
        if self.bond is not None:
            raise _ProblemError("Two bonds stand in a row.", self.bond.start(), token.end())
        if self.current is None:
            raise _ProblemError("There is no atom before this bond.", *token.span())
        self.bond = token

    def _read_ring(self, token: re.Match[str]) -> None:
        if self.current is None or self.previous == "open":
            raise _ProblemError("A ring number must follow an atom.", *token.span())
        number = token.group().strip("%()").lstrip("0") or "0"
        opened = self.rings.pop(number, None)
        bond = self._take_bond()
        if opened is None:
            self.rings[number] = _Ring(self.current, bond, *token.span())
        else:
            self._close_ring(opened, bond, token)

    def _close_ring(self, opened: _Ring, bond: str, token: re.Match[str]) -> None:
        current = int(self.current or 0)
        if opened.atom == current:
            raise _ProblemError("The ring ends at the atom it starts from.", *token.span())
        if opened.atom in self.atoms[current].neighbours:
            raise _ProblemError("The ring joins two atoms that are bonded already.", *token.span())
        directions = {"/", "\\"}
        if bond and opened.bond and bond != opened.bond and not {bond, opened.bond} <= directions:
            raise _ProblemError("The two ends of the ring name different bonds.", *token.span())
        self._connect(opened.atom, current, bond or opened.bond)
        self.closures.append((opened.atom, current))

    def _read_open(self, token: re.Match[str]) -> None:
        self._refuse_bond()
        if self.current is None or self.previous == "open":
            raise _ProblemError("A branch must follow an atom.", *token.span())
        self.branches.append((self.current, token.start()))

    def _read_close(self, token: re.Match[str]) -> None:
        self._refuse_bond()
        if not self.branches:
            raise _ProblemError("This parenthesis closes nothing.", *token.span())
        atom, start = self.branches.pop()
        if self.previous in {"open", "dot"}:
            raise _ProblemError("This branch is empty.", start, token.end())
        self.current = atom

    def _read_dot(self, token: re.Match[str]) -> None:
        self._refuse_bond()
        if self.current is None:
            raise _ProblemError("There is no molecule before this dot.", *token.span())
        self.current = None

    def _refuse_bond(self) -> None:
        if self.bond is not None:
            raise _ProblemError("There is no atom after this bond.", *self.bond.span())

    def _end(self) -> None:
        self._refuse_bond()
        if self.branches:
            start = self.branches[-1][1]
            raise _ProblemError("This parenthesis is not closed.", start, start + 1)
        for number, ring in self.rings.items():
            raise _ProblemError(f"Ring {number} is not closed.", ring.start, ring.end)
        if self.previous == "dot":
            last = len(self.text)
            raise _ProblemError("There is no molecule after this dot.", last - 1, last)

    def _check_rings(self) -> None:
        if any(self.atoms[one].root != self.atoms[other].root for one, other in self.closures):
            return
        for one, other in self.closures:
            self._mark_ring(one, other)
        for atom in self.atoms:
            if atom.symbol[0].islower() and not atom.is_in_ring:
                message = f"'{atom.symbol}' is aromatic but in no ring; write it with a capital."
                raise _ProblemError(message, atom.start, atom.end)

    def _mark_ring(self, one: int, other: int) -> None:
        """Mark what lies between two atoms of one tree, which a ring closure joins."""
        while one != other:
            if self.atoms[one].depth < self.atoms[other].depth:
                one, other = other, one
            self.atoms[one].is_in_ring = True
            one = self.atoms[one].parent
        self.atoms[one].is_in_ring = True

    def _check_bonds(self) -> None:
        for atom in self.atoms:
            most = _BONDS_MAX.get(atom.symbol)
            if most is not None and atom.bonds > most:
                message = f"{atom.symbol} has {atom.bonds} bonds; it can have {most}."
                raise _ProblemError(message, atom.start, atom.end)
