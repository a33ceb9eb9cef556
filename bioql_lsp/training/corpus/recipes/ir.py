# ruff: noqa: E501
"""Recipes on the intermediate representation: sentences to programs, models, compilers."""

from __future__ import annotations

import re
from random import Random
from typing import Final

from bioql_lsp.training.corpus.made_up import dna, pdb_id
from bioql_lsp.training.corpus.recipe import Recipe, Said, option
from bioql_lsp.training.corpus.recipes.docking_files import short_molecule
from bioql_lsp.training.corpus.slots import file_name, integer, open_integer, open_word
from bioql_lsp.training.corpus.split import Draw

_PIECES: Final = ("C", "CC", "C(C)", "C(=O)", "C(O)", "C(CO)", "OC", "OCC")
_SEQUENCE = re.compile(r"\b[ACDEFGHIKLMNPQRSTVWY]{3,}\b")
_DOCKINGS: Final = (
    "Dock {smiles} to {pdb} with {n} poses",
    "Dock {smiles} into {pdb} with {n} poses",
    "dock {smiles} to {pdb}, {n} poses",
    "Dock {smiles} to {pdb} with {n} poses using cirq",
    "Dock {smiles} to {pdb}",
    "Dock {smiles} into {pdb}",
    "Docking {smiles} with {pdb}",
    "Dock {smiles} to {pdb} and keep {n} poses below -{e} kcal",
    "Dock {smiles} to {pdb} using qiskit",
)


def docking_sentence(draw: Draw) -> Said:
    """A sentence that BioQL's parser reads as a docking, with the right ligand and receptor."""
    text = draw.make(_docking)
    quote = draw.choose(("", "'", '"', "'"))
    return Said(f"{quote}{text}{quote}", text, is_exact=True)


def _docking(rng: Random) -> str:
    """Without rings, which the parser cuts, and without what it takes for a sequence."""
    while True:
        smiles = "C" + "".join(rng.choice(_PIECES) for _ in range(rng.randint(1, 3))) + "O"
        if not _SEQUENCE.search(smiles):
            break
    return rng.choice(_DOCKINGS).format(
        smiles=smiles, pdb=pdb_id(rng), n=rng.randint(2, 30), e=rng.randint(4, 12)
    )


def alignment_sentence(draw: Draw) -> Said:
    """A sentence that the parser reads as an alignment of two sequences."""
    text = draw.make(lambda rng: f"Align {dna(rng)} {rng.choice(('with', 'and', 'to'))} {dna(rng)}")
    quote = draw.choose(("", "'", '"'))
    return Said(f"{quote}{text}{quote}", text, is_exact=True)


_SLOTS: Final = {
    "molecule": short_molecule,
    "sentence": docking_sentence,
    "alignment": alignment_sentence,
    "name": open_word(
        "demo", "trial1", "screening", "cox2_run", "my_docking", "lead", "test1", "project42", "egfr", "batch7",
        "first_try", "aspirin_run", "campaign", "probe", "pilot", "assay3", "night_run", "repeat", "control", "hit12",
    ),
    "n": integer(2, 12),
    "poses": open_integer(2, 100),
    "times": open_integer(20, 5000, 10),
    "json": file_name("json", "program", "docking", "ir", "job", "plan"),
    "engine": option(("QISKIT", "(qiskit|Qiskit)", "(qiskit|Qiskit)"), ("CIRQ", "(cirq|Cirq)", "(cirq|Cirq)"), ("SIMULATOR", "the [local] simulator", "el simulador [local]")),
}  # fmt: skip
_PARSER: Final = "from bioql.parser import NaturalLanguageParser\n"
_PARSE: Final = 'program = NaturalLanguageParser().parse("<<sentence>>")\n'
_COMPILERS: Final = (
    "from bioql.compilers import create_compiler\nfrom bioql.ir import QuantumBackend\n"
)
_COMPILER: Final = "compiler = create_compiler(QuantumBackend.<<engine>>)\n"
_IR: Final = "(IR|ir|intermediate representation|bioql IR)"
_TYPES: Final = "from bioql.ir import BioQLProgram, DataType, DockingOperation, Molecule\n"
_BUILD: Final = (
    'receptor = Molecule(id="receptor", type=DataType.PROTEIN, format="pdb", data="<<target>>")\n'
    'smiles = "<<molecule>>"\n'
    'ligand = Molecule(id="ligand", type=DataType.LIGAND, format="smiles", data=smiles)\n'
)

_PARSING: Final = (
    Recipe(
        "my_sentence_to_ir",
        says=(
            f"(parse|convert|turn|translate) {{sentence}} (to|into) [the|a] {_IR} [json|as json]",
            f"{_IR} (of|for) {{sentence}}",
            f"(show|print|give me) the {_IR} (of|for) {{sentence}}",
            f"what {_IR} does {{sentence}} give",
            "(parse|read) {sentence} with the natural language parser [and print json]",
            "parse {sentence} and print (the program|it) as json",
            "turn the sentence {sentence} into a bioql program [as json]",
            "json of the parsed sentence {sentence}",
            "how does the nl parser read {sentence}",
            "bioql program from text: {sentence}",
            "natural language to ir: {sentence}",
            f"i want {{sentence}} as {_IR}",
        ),
        says_es=(
            "(convierte|pasa|traduce) {sentence} a (IR|la representacion intermedia) [json|en json]",
            "(analiza|parsea) {sentence} y (muestra|imprime) el json",
            "IR de {sentence}",
            "(como|cómo) lee el parser la frase {sentence}",
        ),
        code=_PARSER + "\n" + _PARSE + "print(program.to_json(indent=2))\n",
        slots=_SLOTS,
    ),
    Recipe(
        "named_sentence_to_ir",
        says=(
            f"(parse|convert|turn) {{sentence}} (to|into) [a] {_IR} [program] (named|called) {{name}}",
            f"{_IR} of {{sentence}} under the name {{name}}",
            "parse {sentence} as [a] program {name} [and print json]",
            "program {name}: parse {sentence} [into json]",
            "call the program {name} and parse {sentence} into it",
            "natural language parser, name {name}, text {sentence}",
            "make an IR program {name} from {sentence}",
            "{name} is the program for {sentence}, print its json",
            "name it {name}: ir for {sentence}",
        ),
        says_es=(
            "(convierte|pasa) {sentence} a un programa IR llamado {name}",
            "analiza {sentence} como programa {name}",
            "programa {name}: IR de {sentence}",
        ),
        code=_PARSER
        + '\nprogram = NaturalLanguageParser().parse("<<sentence>>", program_name="<<name>>")\n'
        + "print(program.to_json(indent=2))\n",
        slots=_SLOTS,
        weight=0.5,
    ),
    Recipe(
        "sentence_to_file",
        says=(
            f"(save|write|store) the {_IR} of {{sentence}} (to|in|as) {{json}}",
            "parse {sentence} and (save|write) it (to|as) {json}",
            "{sentence} to {json} [as IR]",
            "write {json} with the parsed program of {sentence}",
            f"turn {{sentence}} into {_IR} and save {{json}}",
            "export the bioql program {sentence} to {json}",
            "{json} should (hold|contain) the IR of {sentence}",
            "dump the program parsed from {sentence} into {json}",
            "keep {sentence} as an IR file {json}",
        ),
        says_es=(
            "guarda (la IR|el IR) de {sentence} en {json}",
            "(analiza|parsea) {sentence} y guardalo (en|como) {json}",
            "exporta {sentence} como IR a {json}",
        ),
        code="from pathlib import Path\n\n"
        + _PARSER
        + "\n"
        + _PARSE
        + 'Path("<<json>>").write_text(program.to_json(indent=2))\n',
        slots=_SLOTS,
        weight=0.5,
    ),
    Recipe(
        "my_alignment_to_ir",
        says=(
            f"(parse|convert|turn|translate) {{alignment}} (to|into) [the] {_IR}",
            f"{_IR} (of|for) {{alignment}}",
            f"(show|print) the {_IR} of {{alignment}}",
            "parse {alignment} with the natural language parser",
            "bioql program from the text {alignment}",
            "turn the sentence {alignment} into a program as json",
            "how does the nl parser read {alignment}",
            "alignment as IR: {alignment}",
            "json for the alignment request {alignment}",
        ),
        says_es=(
            "(convierte|pasa) {alignment} a (IR|la representacion intermedia)",
            "IR de {alignment}",
            "(analiza|parsea) {alignment} y muestra el json",
        ),
        code=_PARSER
        + '\nprogram = NaturalLanguageParser().parse("<<alignment>>")\nprint(program.to_json(indent=2))\n',
        slots=_SLOTS,
        weight=0.4,
    ),
    Recipe(
        "sentence_molecules",
        says=(
            "(which|what) molecules does the parser (find|see|recognize) in {sentence}",
            "(list|show|print) the (molecules|inputs) (of|in|found in) {sentence}",
            "extract the molecules from {sentence}",
            "(ligand|receptor) and (receptor|ligand) (of|in) {sentence}, parsed",
            "molecules parsed from {sentence}",
            "which ligand and receptor does {sentence} name",
            "get the input molecules of the request {sentence}",
            "parse {sentence} and list its molecules",
            "what smiles and pdb id are in {sentence}",
        ),
        says_es=(
            "que moleculas (ve|encuentra) el parser en {sentence}",
            "(lista|extrae) las moleculas de {sentence}",
            "moleculas de la frase {sentence}",
        ),
        code=_PARSER
        + "\n"
        + _PARSE
        + "for molecule in program.inputs:\n    print(molecule.type.value, molecule.data)\n",
        slots=_SLOTS,
        weight=0.5,
    ),
)  # fmt: skip

_COMPILING: Final = (
    Recipe(
        "ir_to_circuit",
        says=(
            "compile {sentence} (to|for|with) {engine} [through the IR|via the IR]",
            "(compile|turn) {sentence} into a circuit for {engine} [via IR]",
            "{engine} circuit (of|for|from) {sentence}",
            "parse {sentence} and compile it (for|with|to) {engine}",
            "ir to {engine}: {sentence}",
            "use the {engine} compiler on {sentence}",
            "what circuit does {engine} get from {sentence}",
            "build (the circuit|a circuit) for {sentence} with {engine}",
            "create_compiler for {engine} and compile {sentence}",
            "show me {sentence} compiled for {engine}",
            "ir compiler {engine}, sentence {sentence}",
        ),
        says_es=(
            "compila {sentence} (para|con|a) {engine}",
            "circuito de {sentence} (para|en|con) {engine}",
            "(analiza|parsea) {sentence} y compilalo (para|con) {engine}",
            "usa el compilador de {engine} con {sentence}",
        ),
        code=_COMPILERS + _PARSER + "\n" + _PARSE + _COMPILER + "print(compiler.compile_program(program))\n",
        slots=_SLOTS,
        weight=0.8,
    ),
    Recipe(
        "execute_ir",
        says=(
            "compile {sentence} (to|for|with) {engine} and (run|execute) it [with {times} shots]",
            "(run|execute) {sentence} (on|with) the {engine} compiler [with {times} shots]",
            "(parse|take) {sentence}, compile it for {engine}, (run|execute) it locally [with {times} shots] and print the counts",
            "counts of {sentence} compiled with {engine} [, {times} shots]",
            "execute the IR of {sentence} with {engine} [, {times} shots]",
            "{engine} run of the ir program {sentence} [with {times} shots]",
            "local execution of {sentence} through IR and {engine} [with {times} shots]",
            "compile and run {sentence}, engine {engine} [, {times} shots]",
            "what counts does {sentence} give when compiled to {engine} [with {times} shots]",
            "ir execution: {sentence} / {engine} [/ {times} shots]",
        ),
        says_es=(
            "compila {sentence} (para|con) {engine} y (ejecutalo|correlo) [con {times} shots]",
            "ejecuta {sentence} con el compilador de {engine} [, {times} shots]",
            "conteos de {sentence} compilado con {engine} [, {times} disparos]",
        ),
        code=_COMPILERS
        + _PARSER
        + "\n"
        + _PARSE
        + _COMPILER
        + "result = compiler.execute(compiler.compile_program(program), shots=<<times>>)\n"
        + 'print(result.results["counts"])\n',
        slots=_SLOTS,
        defaults={"times": "1000"},
        weight=0.7,
    ),
    Recipe(
        "ir_compilers",
        says=(
            "(which|what) [ir] compilers (are there|exist|are supported)",
            "(list|show) the [supported] compiler backends",
            "what can the IR be compiled to",
            "supported compiler targets",
            "for which (frameworks|engines) can bioql compile the ir",
            "does the ir compile to cirq and qiskit",
            "ir compiler list",
            "backends of create_compiler",
            "which values does create_compiler (take|accept|support)",
        ),
        says_es=(
            "que compiladores (hay|existen) [para la IR]",
            "(lista|muestra) los backends del compilador",
            "a que se puede compilar la IR",
        ),
        code="from bioql.compilers import CompilerFactory\n\nprint(CompilerFactory.get_supported_backends())\n",
        weight=0.3,
    ),
)  # fmt: skip

_MODELS: Final = (
    Recipe(
        "get_docking_model",
        says=(
            f"(build|create|make|write) [the|a|an] {_IR} [program] for docking {{molecule}} (to|into) {{target}} [with {{poses}} poses]",
            f"{_IR} (program|model|json) for (the docking of|docking) {{molecule}} (to|and|with) {{target}} [with {{poses}} poses]",
            "(build|make) a docking operation with {molecule} and {target} [, {poses} poses]",
            "(a|one) BioQLProgram that docks {molecule} (to|into) {target} [with {poses} poses]",
            "docking {molecule} {target} as IR [, {poses} poses]",
            "docking program model: receptor {target}, ligand {molecule} [, {poses} poses]",
            f"describe docking {{molecule}} into {{target}} in {_IR} [with {{poses}} poses]",
            "construct the ir models for ligand {molecule} and receptor {target} [, {poses} poses]",
            "json program (of|for) {molecule} docked to {target} [with {poses} poses]",
            "DockingOperation of {molecule} on {target} [, {poses} poses]",
        ),
        says_es=(
            "(crea|construye|haz) el programa IR para acoplar {molecule} a {target} [con {poses} poses]",
            "IR (del docking|del acoplamiento) de {molecule} (con|a) {target} [con {poses} poses]",
            "operacion de docking IR con {molecule} y {target} [, {poses} poses]",
            "modelo IR: ligando {molecule}, receptor {target} [, {poses} poses]",
        ),
        code=_TYPES
        + "\n"
        + _BUILD
        + "operation = DockingOperation(receptor=receptor, ligand=ligand, num_poses=<<poses>>)\n"
        + 'program = BioQLProgram(name="docking", operations=[operation])\nprint(program.to_json(indent=2))\n',
        slots=_SLOTS,
        defaults={"poses": "10"},
        weight=0.6,
    ),
    Recipe(
        "use_docking_model_run",
        says=(
            "build the IR for docking {molecule} (to|into) {target} and (run|execute) it (with|on) {engine}",
            "(compile|run) the docking of {molecule} (to|with) {target} through the IR (with|on) {engine}",
            "ir docking of {molecule} and {target}, execute with {engine}",
            "docking operation {molecule} {target}: compile and execute [it] with {engine}",
            "execute a DockingOperation of {molecule} on {target} with the {engine} compiler",
            "{engine} execution of the IR program that docks {molecule} (to|into) {target}",
            "run an ir program docking {molecule} into {target}, compiler {engine}",
            "use the ir models and {engine} to dock {molecule} (to|into) {target}",
            "compile_and_execute the ir of {molecule} docked to {target}, {engine}",
        ),
        says_es=(
            "crea la IR para acoplar {molecule} a {target} y ejecutala con {engine}",
            "ejecuta con {engine} la operacion de docking IR de {molecule} y {target}",
            "docking de {molecule} con {target} por medio de la IR, compilador {engine}",
        ),
        code=_COMPILERS.replace("import QuantumBackend", "import BioQLProgram, DataType, DockingOperation, Molecule, QuantumBackend")
        + "\n"
        + _BUILD
        + "operation = DockingOperation(receptor=receptor, ligand=ligand)\n"
        + 'program = BioQLProgram(name="docking", operations=[operation])\n'
        + "result = create_compiler(QuantumBackend.<<engine>>).compile_and_execute(program)\n"
        + 'print(result.results["counts"])\n',
        slots=_SLOTS,
        weight=0.4,
    ),
    Recipe(
        "my_ir_from_file",
        says=(
            f"(load|read|open) the {_IR} [program] (from|in) {{json}}",
            "(load|read) the (bioql|saved|stored) program {json}",
            "bioql program from {json}",
            "what operations are in the program [file] {json}",
            "open {json} as [a] BioQLProgram",
            "from_json {json}, print the operations",
            "read an IR file {json} and list its operations",
            "print name and operations of the program in {json}",
            "restore my saved IR {json}",
        ),
        says_es=(
            "(lee|carga|abre) el programa IR de {json}",
            "que operaciones hay en el programa {json}",
            "carga {json} como BioQLProgram",
        ),
        code="from pathlib import Path\n\nfrom bioql.ir import BioQLProgram\n\n"
        'program = BioQLProgram.from_json(Path("<<json>>").read_text())\n'
        "print(program.name, [operation.operation_type for operation in program.operations])\n",
        slots=_SLOTS,
        weight=0.5,
    ),
    Recipe(
        "ir_validate_text",
        says=(
            f"(validate|check) the {_IR} [program] (in|of|from) {{json}}",
            "(validate|check) {json} against the bioql schema",
            "is {json} a valid (bioql program|IR program|IR)",
            "does {json} (conform to|follow|match) the ir schema",
            "schema check of the program {json}",
            "is there (an error|anything wrong) in the bioql program {json}",
            "run the ir validator on {json}",
            "validate program file {json}",
            "test whether the program {json} is well formed",
        ),
        says_es=(
            "(valida|comprueba) el programa IR {json}",
            "es {json} un programa bioql valido",
            "valida {json} con el esquema de bioql",
            "pasa el validador de IR a {json}",
        ),
        code="from pathlib import Path\n\nfrom bioql.ir import BioQLValidationError, validator\n\n"
        'try:\n    validator.validate_program(Path("<<json>>").read_text())\n    print("valid")\n'
        "except BioQLValidationError as error:\n    print(error)\n",
        slots=_SLOTS,
        weight=0.6,
    ),
    Recipe(
        "ir_part11",
        says=(
            "(check|validate) the program (in|of) {json} (for|against) 21 CFR part 11",
            "is the (program|IR|ir program) {json} 21 CFR part 11 compliant",
            "21 cfr part 11 check of the ir {json}",
            "part 11 compliance of the program file {json}",
            "does the bioql program {json} meet 21 CFR 11",
            "FDA part 11 validation for {json}",
            "what does {json} lack for 21 CFR part 11",
            "compliance validator on {json} [, part 11]",
            "which part 11 issues has the ir program {json}",
        ),
        says_es=(
            "cumple el programa {json} con 21 CFR parte 11",
            "(comprueba|valida) la parte 11 de 21 CFR en el programa {json}",
            "validacion FDA parte 11 de {json}",
        ),
        code="from pathlib import Path\n\nfrom bioql.ir import BioQLProgram, compliance_validator\n\n"
        'program = BioQLProgram.from_json(Path("<<json>>").read_text())\n'
        "print(compliance_validator.validate_21cfr_part11_compliance(program))\n",
        slots=_SLOTS,
        weight=0.3,
    ),
    Recipe(
        "ir_schema",
        says=(
            f"(print|show|give me) the json schema of the {_IR}",
            "json schema (of|for) (a bioql program|bioql programs|BioQLProgram)",
            "what fields does a bioql program have",
            "schema of BioQLProgram",
            f"how is the {_IR} structured [, show the schema]",
            "export the schema (of|for) the ir [to the screen]",
            "bioql ir schema",
            "which fields are (required|allowed) in an IR program",
            "generate the [json] schema for ir programs",
        ),
        says_es=(
            "(muestra|imprime) el esquema json de la IR",
            "esquema [json] de un programa bioql",
            "que campos tiene un programa IR",
        ),
        code="import json\n\nfrom bioql.ir import BioQLProgram\n\nprint(json.dumps(BioQLProgram.model_json_schema(), indent=2))\n",
        weight=0.4,
    ),
)  # fmt: skip

RECIPES: Final[tuple[Recipe, ...]] = (*_PARSING, *_COMPILING, *_MODELS)
