# ruff: noqa: E501
"""Recipes around a run: failures, functions, scripts, further arguments."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Slot
from bioql_lsp.training.corpus.recipes.programs import BELL, SENTENCES, head, result_run
from bioql_lsp.training.corpus.runs import GUARD
from bioql_lsp.training.corpus.slots import open_integer, open_word

_CALL: Final = (
    "result = quantum(\n"
    "    <<program>>,\n"
    '    api_key=os.environ["BIOQL_API_KEY"],\n'
    '    backend="<<backend>>",\n'
    "    shots=<<shots>>,\n"
    ")\n"
)


def inside(text: str) -> str:
    """The lines one level further in."""
    return "".join(f"    {line}\n" for line in text.splitlines())


def call(program: str, *, backend: str = '"<<backend>>"', shots: str = "<<shots>>") -> str:
    """A run of a program, all of it as code."""
    text = _CALL.replace("<<program>>", program)
    return text.replace('"<<backend>>"', backend).replace("<<shots>>", shots)


INSTANCE: Final = open_word(
    "ibm-q/open/main", "my-hub/my-group/my-project", "lab/bio/docking", "hub1/group2/project3",
    "acme/research/folding", "uni/chem/quantum", "ibm-q-academic/chem/screen", "bio/open/main",
)  # fmt: skip


def program_recipe(
    name: str,
    says: tuple[str, ...],
    says_es: tuple[str, ...],
    code: str,
    *,
    slots: dict[str, Slot] | None = None,
    defaults: dict[str, str] | None = None,
    weight: float = 1.0,
) -> Recipe:
    """A recipe around a run whose code is not the plain call."""
    known = {"sentence": BELL, **(defaults or {})}
    return Recipe(
        name, says, says_es, code, {**SENTENCES, **(slots or {})}, known, weight, is_run=True
    )


_FUNCTION: Final = (
    "\ndef run_program(program: str<<rest>>:\n"
    + inside(_CALL.replace("<<program>>", "program"))
    + "    if not result.success:\n        raise RuntimeError(result.error_message)\n"
)

RECIPES: Final[tuple[Recipe, ...]] = (
    result_run(
        "raise_on_failure_run",
        says=(
            "(run|execute) {sentence} and raise [an (exception|error)] (if it fails|on failure|when it fails)",
            "{sentence}, (raise|throw) an (exception|error) on failure",
            "(raise|throw) (RuntimeError|an exception) (if|when) {sentence} (fails|does not run)",
            "run {sentence} with (an exception|a RuntimeError) on (failure|error)",
            "{sentence} but (raise|throw) if not success[ful]",
            "make {sentence} (raise|throw) when the job fails",
            "(i want|need) an exception when {sentence} fails",
            "{sentence}, failure should (raise|throw)",
            "(do|try) {sentence}; (raise|throw) RuntimeError with the message if it fails",
            "fail loudly with an exception: {sentence}",
            "exception instead of silent failure for {sentence}",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} y lanza una excepcion si falla",
            "{sentence}, (excepcion|lanza un error) si falla",
            "lanza RuntimeError cuando {sentence} falle",
            "{sentence} con excepcion en caso de fallo",
        ),
        guard="if not result.success:\n    raise RuntimeError(result.error_message)\n",
        tail="print(result.counts)\n",
    ),
    result_run(
        "print_error_run",
        says=(
            "(run|execute) {sentence} and print the error [message] if it fails",
            "{sentence}, (print|show) the counts or the error [message]",
            "(run|do) {sentence} and (check|test) (success|whether it worked|if it succeeded)",
            "{sentence} with error (handling|message)",
            "did {sentence} (work|succeed), (print|show) counts or (error|what went wrong)",
            "(handle|catch) (failures|errors) of {sentence} (by printing|and print) the message",
            "{sentence}: if success print counts else print the error",
            "(show|tell me) why {sentence} failed or its counts",
            "(try|attempt) {sentence} and (report|show) the error if any",
            "run {sentence} without stopping on (failure|error)",
            "{sentence} with an if else on success",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} e imprime el error si falla",
            "{sentence}, muestra los conteos o el error",
            "(ejecuta|haz) {sentence} y comprueba si (funciono|tuvo exito)",
            "{sentence} con (manejo de errores|mensaje de error)",
        ),
        guard="",
        tail='if result.success:\n    print(result.counts)\nelse:\n    print("failed:", result.error_message)\n',
        weight=1.2,
    ),
    result_run(
        "success_only",
        says=(
            "(run|execute) {sentence} and (print|show) (only |)(whether it succeeded|if it was successful)",
            "(check|test) (if|whether) {sentence} (succeeds|runs|works)",
            "does {sentence} (succeed|run) (true or false|yes or no)",
            "success flag of {sentence}",
            "print success (for|of) {sentence}",
            "{sentence}, only (success|true or false)",
            "(just|only) tell me if {sentence} (worked|went through|succeeded)",
            "was {sentence} successful",
            "(show|print) success and error message of {sentence}",
            "status of {sentence} after running",
        ),
        says_es=(
            "comprueba si {sentence} (funciona|tiene exito)",
            "(ejecuta|corre) {sentence} y dime (solo|solamente) si funciono",
            "{sentence}, solo exito o fallo",
            "(funciona|tiene exito) {sentence}",
        ),
        guard="",
        tail="print(result.success, result.error_message)\n",
        weight=0.7,
    ),
    program_recipe(
        "function",
        says=(
            "[write] [a] function (that runs|to run|which runs) a (sentence|program) and (returns|gives back) the counts",
            "(helper|helper function|wrapper) (that takes|taking) a (sentence|program) and (returns|gives) the counts",
            "def that takes (a program|the text|a sentence) and runs it",
            "(make|write|define|create) a function run_program",
            "(reusable|generic) function (for|around|to call) quantum",
            "(wrap|put) quantum (in|into) a function [that returns counts]",
            "(wrap|put) the run (in|into) a (function|def|helper)",
            "function: (sentence|program) in, counts out",
            "(i want|i need|give me) a function i can call with (any|a) (sentence|program)",
            "python function (running|to run) bioql (programs|sentences)",
            "(how do i|how to) write a function that runs a bioql (program|sentence)",
            "function with a program (argument|parameter) that (raises if it failed|checks success) and returns counts",
        ),
        says_es=(
            "[escribe] [una] funcion que (ejecuta|ejecute|corra) (una frase|un programa) y (devuelve|devuelva) los conteos",
            "funcion (para|que) ejecutar (frases|programas) de bioql",
            "(haz|define|crea) una funcion (auxiliar|) para llamar a quantum",
            "(envuelve|mete) quantum en una funcion",
        ),
        code=head()
        + _FUNCTION.replace("<<rest>>", ") -> dict[str, int]")
        + "    return result.counts\n",
        weight=1.5,
    ),
    program_recipe(
        "function_most_likely",
        says=(
            "[write] [a] function (that runs|to run) a (sentence|program) and returns the most (likely|probable) (outcome|state)",
            "(helper|wrapper) that takes a (sentence|program) and returns its most (likely|frequent) (outcome|bitstring)",
            "function: (sentence|program) in, most likely (outcome|state) out",
            "(make|define) a function returning the (top|most likely|most probable) (state|outcome) of a (program|sentence)",
            "(reusable|generic) function for the most likely outcome of a (sentence|program)",
            "def that gives the most (probable|frequent) state of any (program|sentence)",
            "(i need|give me) a function for the most likely (outcome|result) of a (sentence|program)",
            "python function for the best outcome of a bioql (program|sentence)",
            "(write|create) a helper that returns the most frequent bitstring",
            "function returning most_likely_outcome",
        ),
        says_es=(
            "[escribe] [una] funcion que ejecuta (una frase|un programa) y devuelve el resultado mas probable",
            "funcion que (devuelve|devuelva) el estado mas (probable|frecuente)",
            "(haz|crea) una funcion para el resultado mas probable de (una frase|un programa)",
        ),
        code=head()
        + _FUNCTION.replace("<<rest>>", ") -> str | None")
        + "    return result.most_likely_outcome\n",
        weight=0.6,
    ),
    program_recipe(
        "function_backend_run",
        says=(
            "function (that runs|to run) a (sentence|program) with backend and shots (as|) (arguments|parameters)",
            "(helper|wrapper) with (parameters|arguments) program, backend and shots",
            "function run_program(program, backend, shots)",
            "(make|write) a function with the (backend|device) and [the] shots as parameters",
            "def with program, backend and shots [that returns the counts]",
            "function taking (the sentence|a program), (the backend|a backend) and the number of shots",
            "(configurable|parametrized) function (for|to) run (programs|sentences)",
            "(i need|give me) a function where i can choose backend and shots",
            "wrap quantum in a function, backend and shots (configurable|optional|with defaults)",
            "generic run function with backend and shots arguments",
        ),
        says_es=(
            "funcion con programa, backend y disparos como parametros",
            "(escribe|haz) una funcion (con|que reciba) programa, backend y shots",
            "funcion para ejecutar frases donde elijo backend y disparos",
        ),
        code=head()
        + '\ndef run_program(\n    program: str, backend: str = "<<backend>>", shots: int = <<shots>>\n) -> dict[str, int]:\n'
        + inside(call("program", backend="backend", shots="shots"))
        + "    if not result.success:\n        raise RuntimeError(result.error_message)\n    return result.counts\n",
        weight=0.8,
    ),
    program_recipe(
        "main_guard_run",
        says=(
            "(script|program) with [a] main (function|guard) (for|that runs) {sentence}",
            "{sentence} (in|inside) a main function",
            "{sentence} with if __name__ == __main__",
            "(write|make) a (complete|full|proper) script (for|that runs) {sentence} with main",
            "main guard around {sentence}",
            "{sentence} as a (script|module) with main()",
            "(put|wrap) {sentence} in main()",
            "(standalone|complete) python script (with|and) main for {sentence}",
            "def main that runs {sentence}",
            "(run|execute) {sentence} (only when run as a script|from main)",
        ),
        says_es=(
            "script con (main|funcion main) (para|que ejecuta) {sentence}",
            "{sentence} en una funcion main",
            "(pon|mete) {sentence} en main()",
            "{sentence} con if __name__ == __main__",
        ),
        code=head()
        + "\ndef main() -> None:\n"
        + inside(call('"<<sentence>>"') + GUARD + "print(result.counts)\n")
        + '\n\nif __name__ == "__main__":\n    main()\n',
        weight=0.8,
    ),
    program_recipe(
        "command_line",
        says=(
            "(command line|cli) (script|tool|program) that runs (a sentence|the sentence given as argument)",
            "(run|execute) the (sentence|program) (given|passed) on the command line",
            "(take|read) the (sentence|program) from sys.argv and run it",
            "script that takes the (sentence|program) as [a] (command line |)argument",
            "(sentence|program) from the command line",
            "(run|execute) the first argument as a [bioql] (program|sentence)",
            "(i want to|let me) pass the (sentence|program) on the command line",
            "python run.py (sentence|program) style script",
            "cli (for|around) bioql (programs|sentences)",
            "read the program from argv",
        ),
        says_es=(
            "script que ejecuta (la frase|el programa) de la linea de comandos",
            "(lee|toma) (la frase|el programa) de sys.argv y (ejecutala|ejecutalo)",
            "(frase|programa) como argumento del script",
        ),
        code=head(("import sys",)) + call("sys.argv[1]") + GUARD + "print(result.counts)\n",
        weight=0.5,
    ),
    program_recipe(
        "ask_sentence_job",
        says=(
            "(ask|prompt) [the user] for (a sentence|a program|the program) and run it",
            "(read|take) (a sentence|the program) from (input|the keyboard|stdin) and (run|execute) it",
            "(run|execute) what the user types",
            "interactive (script|program) that runs a typed (sentence|program)",
            "let the user (type|enter) a (sentence|program) and run it",
            "input() (for|with) the (program|sentence), then quantum",
            "(i type|user enters) a (sentence|program) and it runs",
            "(question|prompt) for the sentence, then run",
            "run a (sentence|program) (entered|typed) (by the user|in the terminal)",
            "(get|ask) the program from the user",
        ),
        says_es=(
            "(pide|pregunta) (una frase|el programa) al usuario y (ejecutala|ejecutalo)",
            "(lee|toma) (la frase|el programa) del teclado y ejecuta",
            "ejecuta lo que escriba el usuario",
        ),
        code=head() + call('input("Program: ")') + GUARD + "print(result.counts)\n",
        weight=0.4,
    ),
    program_recipe(
        "program_file",
        says=(
            "(read|load|take) the (sentence|program) from {file} and run it",
            "(run|execute) the (program|sentence) in {file}",
            "(run|execute) {file}",
            "{file} (contains|has|holds) (a sentence|my program), run it",
            "program from [the file] {file}",
            "run the bioql file {file}",
            "quantum with the text of {file}",
            "(my|the) (program|sentence) is in {file}, (run|execute) it",
            "(open|read) {file} and execute its (text|sentence)",
            "(how do i|how to) run {file}",
        ),
        says_es=(
            "(lee|carga) (el programa|la frase) de {file} y (ejecutalo|ejecutala)",
            "(ejecuta|corre) (el programa de|el fichero) {file}",
            "mi programa esta en {file}, ejecutalo",
        ),
        code=head(("from pathlib import Path",))
        + call('Path("<<file>>").read_text()')
        + GUARD
        + "print(result.counts)\n",
        slots={
            "file": open_word(
                "program.bql",
                "bell.bql",
                "run.bql",
                "job.txt",
                "sentence.txt",
                "program.txt",
                "grover.bql",
                "my_program.bql",
                "folding.bql",
                "demo.bql",
                "input.txt",
                "test.bql",
            )
        },
        weight=0.6,
    ),
    program_recipe(
        "ask_key",
        says=(
            "(run|execute) {sentence} and (ask|prompt) [me] for the [api] key",
            "{sentence}, (ask|prompt) for the [api] key",
            "(ask|prompt) for the [api] key and run {sentence}",
            "{sentence} with the key (typed in|entered by hand|from a prompt)",
            "(type|enter) the [api] key (by hand|hidden) for {sentence}",
            "getpass for the [api] key, then {sentence}",
            "{sentence} without (storing|saving) the [api] key",
            "(hidden|secret) key prompt (for|and) {sentence}",
            "let me (type|enter) my [api] key, then run {sentence}",
            "read the [api] key from the terminal and run {sentence}",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} y pide la clave",
            "pide la clave [de bioql] y ejecuta {sentence}",
            "{sentence} con la clave escrita a mano",
        ),
        code="from getpass import getpass\n\nfrom bioql import quantum\n\n"
        + call('"<<sentence>>"').replace(
            'os.environ["BIOQL_API_KEY"]', 'getpass("BioQL API key: ")'
        )
        + GUARD
        + "print(result.counts)\n",
        weight=0.4,
    ),
    result_run(
        "timeout",
        says=(
            "(run|execute|do) {sentence} with a timeout of {seconds} (seconds|s|sec)",
            "{sentence} [with] timeout {seconds} [seconds]",
            "{sentence} (and|but) wait at most {seconds} (seconds|s)",
            "{sentence}, (give up|stop waiting|abort) after {seconds} (seconds|s|sec)",
            "(time limit|timeout) {seconds} (seconds|s) for {sentence}",
            "limit {sentence} to {seconds} (seconds|s) of waiting",
            "(run|do) {sentence} with timeout={seconds}",
            "{seconds} (second|s) timeout on {sentence}",
            "wait no longer than {seconds} (seconds|s) for {sentence}",
            "(max|maximum) waiting time {seconds} (seconds|s), {sentence}",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} con (timeout|limite) de {seconds} segundos",
            "{sentence} con timeout {seconds}",
            "{sentence} y espera como maximo {seconds} segundos",
            "tiempo limite de {seconds} segundos para {sentence}",
        ),
        slots={"seconds": open_integer(10, 7200, 10)},
        extra=("timeout=<<seconds>>",),
        tail="<<tail>>",
        weight=1.2,
    ),
    result_run(
        "debug",
        says=(
            "(run|execute) {sentence} (in|with) debug [mode|on|output|logging]",
            "{sentence} with debug (logs|logging|output|messages)",
            "debug {sentence}",
            "{sentence}, (verbose|debug on|debug mode)",
            "turn (on debug|debugging on) (for|and run) {sentence}",
            "(show|print) (debug|all log) messages (while running|for) {sentence}",
            "(verbose|detailed) (run|logging|logs) (of|for) {sentence}",
            "{sentence} with debug=True",
            "(i want|let me) see the log of {sentence} while it runs",
            "run {sentence} with (full|detailed|verbose) (logs|logging|output)",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} en modo (debug|depuracion)",
            "{sentence} con (mensajes de depuracion|debug)",
            "depura {sentence}",
            "{sentence} con debug activado",
        ),
        extra=("debug=True",),
        tail="<<tail>>",
        weight=0.8,
    ),
    result_run(
        "instance_run",
        says=(
            "(run|execute) {sentence} (on|in|with|using) [the] (ibm |)instance {instance}",
            "{sentence} with instance {instance}",
            "use [the] (ibm|IBM) instance {instance} for {sentence}",
            "{sentence}, (hub/group/project|instance) {instance}",
            "(my|the) (ibm instance|instance) is {instance}, run {sentence}",
            "{sentence} (billed to|through|via) [the] instance {instance}",
            "(run|submit) {sentence} to {instance} (instance|hub)",
            "instance={instance} {sentence}",
            "(send|submit) {sentence} through {instance}",
            "{sentence} in (my|our) ibm project {instance}",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} (con|en) la instancia {instance}",
            "{sentence} con instancia {instance}",
            "usa la instancia {instance} [de ibm] para {sentence}",
        ),
        slots={"instance": INSTANCE},
        extra=('instance="<<instance>>"',),
        tail="<<tail>>",
        weight=0.7,
    ),
)
