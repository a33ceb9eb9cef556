"""Recipes on provenance chains, signed records and compliance logs."""

# ruff: noqa: E501

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Slot
from bioql_lsp.training.corpus.recipes.mitigated_runs import plain_circuit
from bioql_lsp.training.corpus.runs import backend_slot, run, shots_slot
from bioql_lsp.training.corpus.slots import file_name, open_word

SLOTS: Final[dict[str, Slot]] = {
    "circuit": plain_circuit,
    "backend": backend_slot,
    "shots": shots_slot,
    "chain": open_word(
        "project-42", "lab-7", "screening", "trial-1", "study-9", "egfr-screen", "batch-12", "run-2026",
        "phase1", "kinase-study", "qa-chain", "docking-log", "glp1r", "audit-3", "covid-screen", "hit-list",
        "lead-opt", "lab-notebook", "team-a", "validation-5", "gxp-chain", "pilot", "release-2", "h2-study",
    ),
    "directory": open_word(
        "audit_logs", "audit", "compliance", "logs", "gxp_logs", "records", "part11", "qa/audit", "reports",
        "audits/2026", "regulatory", "trail", "compliance_logs", "fda_logs", "log_dir", "archive", "out/audit",
    ),
    "json": file_name("json", "chain", "provenance", "trail", "audit_chain", "records"),
    "txt": file_name("txt", "audit_report", "compliance", "audit", "chain_report"),
}  # fmt: skip
DEFAULTS: Final = {"backend": "ibm_torino", "shots": "100", "directory": "audit_logs"}


def recorded(recipe: Recipe, name: str) -> Recipe:
    """The recipe with one more name imported from the package."""
    names = ", ".join(sorted((name, "quantum")))
    return replace(recipe, code=recipe.code.replace("import quantum\n", f"import {names}\n"))


RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "provenance_record_count",
        says=(
            "(record|log|add) {circuit} [on {backend}] with counts {counts} in provenance chain {chain}",
            "provenance chain {chain}: add {circuit} [on {backend}] [with {shots} shots], counts {counts}",
            "keep a provenance chain called {chain} with a record of {circuit} [on {backend}], counts {counts}",
            "i ran {circuit} [on {backend}] and got {counts}; (record|store) it in the chain {chain}",
            "tamper evident record of {circuit} in chain {chain}, counts {counts}",
            "start a provenance chain {chain} and put my {circuit} result {counts} into it",
            "store {counts} from {circuit} in provenance chain {chain} and verify it",
            "document the run of {circuit} with result {counts} under chain id {chain}",
            "add a signed record of {circuit} with {counts} to chain {chain}",
            "make an audit trail {chain}, first entry {circuit} with counts {counts}",
            "chain {chain} should remember that {circuit} [on {backend}] gave {counts}",
            "blockchain-like log {chain} entry for {circuit}: {counts}",
        ),
        says_es=(
            "(registra|guarda) {circuit} [en {backend}] con conteos {counts} en la cadena de procedencia {chain}",
            "cadena de procedencia {chain}: anade {circuit} con conteos {counts}",
            "ejecute {circuit} y obtuve {counts}, registralo en la cadena {chain}",
            "crea la cadena {chain} y agrega {circuit} con resultado {counts}",
        ),
        code="""from bioql import ProvenanceChain

counts = <<counts>>
chain = ProvenanceChain(chain_id="<<chain>>")
chain.add_record("<<circuit>>", "<<backend>>", <<shots>>, counts=counts)
print(chain.verify_chain())
""",
        slots=SLOTS,
        defaults=DEFAULTS,
        weight=1.2,
    ),
    recorded(
        run(
            "recorded_run",
            "<<circuit>>",
            (
                "run {circuit} and record it in provenance chain {chain}",
                "{circuit} with a provenance record in chain {chain}",
                "(execute|run) {circuit} and keep (the|its) provenance in {chain}",
                "run {circuit}, then add the result to the provenance chain {chain}",
                "{circuit}, traceable under chain {chain}",
                "i want {circuit} executed and stored in provenance chain {chain}",
                "tamper evident run of {circuit}, chain {chain}",
                "record the counts of {circuit} in chain {chain} after running it",
                "run {circuit} with full provenance, chain id {chain}",
                "provenance tracked {circuit} in {chain}",
                "run {circuit} so that the result is signed into chain {chain}",
            ),
            (
                "ejecuta {circuit} y registralo en la cadena de procedencia {chain}",
                "{circuit} con registro de procedencia en {chain}",
                "corre {circuit} y guarda el resultado en la cadena {chain}",
                "quiero {circuit} con trazabilidad en la cadena {chain}",
            ),
            slots={"circuit": plain_circuit, "chain": SLOTS["chain"]},
            tail="""chain = ProvenanceChain(chain_id="<<chain>>")
chain.add_record("<<circuit>>", "<<backend>>", <<shots>>, counts=result.counts)
print(chain.verify_chain())
""",
            weight=1.2,
        ),
        "ProvenanceChain",
    ),
    Recipe(
        "save_chain",
        says=(
            "(save|write|export) a provenance chain {chain} of {circuit} to {json}",
            "provenance chain {chain} with {circuit} saved (in|to|as) {json}",
            "record {circuit} in chain {chain} and (save|write) it to {json}",
            "{json}: provenance chain {chain} holding {circuit}",
            "add {circuit} to provenance chain {chain}, then store the chain (in|as) {json}",
            "i want the chain {chain} with a {circuit} entry on disk as {json}",
            "dump provenance chain {chain} for {circuit} into {json}",
            "keep the provenance of {circuit} in a file {json}, chain {chain}",
            "create chain {chain}, log {circuit}, save {json}",
            "persist a provenance chain named {chain} with {circuit} in {json}",
        ),
        says_es=(
            "guarda en {json} la cadena de procedencia {chain} con {circuit}",
            "registra {circuit} en la cadena {chain} y guardala en {json}",
            "cadena {chain} con {circuit}, escribe {json}",
            "exporta la cadena de procedencia {chain} de {circuit} a {json}",
        ),
        code="""from pathlib import Path

from bioql import ProvenanceChain

chain = ProvenanceChain(chain_id="<<chain>>")
chain.add_record("<<circuit>>", "<<backend>>", <<shots>>)
chain.save(Path("<<json>>"))
""",
        slots=SLOTS,
        defaults=DEFAULTS,
        weight=0.8,
    ),
    Recipe(
        "verify_saved_chain",
        says=(
            "(verify|check|validate) the provenance chain (in|from|stored in) {json}",
            "load [the] [provenance] chain {json} and (verify|check) (it|its integrity)",
            "is the provenance chain {json} (intact|valid|unchanged|untampered)",
            "has {json} been tampered with",
            "integrity check of the chain in {json}",
            "check the signatures in {json}",
            "was anything changed in provenance file {json}",
            "open {json} and tell me if the chain still verifies",
            "verify_chain on {json}",
            "i have a saved provenance chain {json}, can i still trust it",
            "audit {json} for tampering",
        ),
        says_es=(
            "(verifica|comprueba|valida) la cadena de procedencia {json}",
            "carga {json} y verifica la cadena",
            "se ha alterado la cadena {json}",
            "esta intacta la cadena de procedencia {json}",
            "comprobación de integridad de {json}",
        ),
        code="""from pathlib import Path

from bioql import ProvenanceChain

chain = ProvenanceChain.load(Path("<<json>>"))
print(chain.verify_chain())
""",
        slots=SLOTS,
    ),
    Recipe(
        "chain_report",
        says=(
            "audit report (of|for|from) the [provenance] chain (in|stored in) {json}",
            "(print|show|generate|make) [an|the] audit report for [provenance] chain {json}",
            "load the chain {json} and (print|show|generate) its audit report",
            "human readable report of the provenance file {json}",
            "what is recorded in the provenance chain {json}, report please",
            "i need a readable audit report from {json}",
            "report on all records in chain {json}",
            "generate_audit_report {json}",
            "turn {json} into an audit report for the inspector",
            "list the records of provenance chain {json} as a report",
        ),
        says_es=(
            "informe de auditoria de la cadena {json}",
            "(genera|muestra|imprime) el informe de auditoria de la cadena [de procedencia] {json}",
            "carga {json} e imprime su informe de auditoria",
            "informe legible de la cadena de procedencia {json}",
        ),
        code="""from pathlib import Path

from bioql import ProvenanceChain

chain = ProvenanceChain.load(Path("<<json>>"))
print(chain.generate_audit_report())
""",
        slots=SLOTS,
    ),
    Recipe(
        "chain_with_key_count",
        says=(
            "provenance chain {chain} signed with a secret key, record {circuit}",
            "(sign|protect) the [provenance] chain {chain} with a secret (key|from the environment) and add {circuit}",
            "hmac signed provenance chain {chain} with {circuit}",
            "record {circuit} in chain {chain} using a (secret|signing) key",
            "use a secret key for provenance chain {chain}, first record {circuit}",
            "i want hmac signatures on chain {chain} for {circuit}",
            "secret keyed audit chain {chain}: {circuit}",
            "add {circuit} to chain {chain} signed by my secret",
            "keyed signatures for chain {chain}, entry {circuit}",
            "make chain {chain} unforgeable with a secret key and log {circuit}",
        ),
        says_es=(
            "cadena de procedencia {chain} firmada con clave secreta, registra {circuit}",
            "firma la cadena {chain} con una clave secreta y anade {circuit}",
            "usa una clave secreta para la cadena {chain} con {circuit}",
            "registra {circuit} en la cadena {chain} con firma hmac",
        ),
        code="""import os

from bioql import ProvenanceChain

chain = ProvenanceChain(chain_id="<<chain>>")
chain.secret_key = os.environ["AUDIT_SECRET"]
chain.add_record("<<circuit>>", "<<backend>>", <<shots>>)
print(chain.verify_chain())
""",
        slots=SLOTS,
        defaults=DEFAULTS,
        weight=0.5,
    ),
    Recipe(
        "signed_record",
        says=(
            "(create|make) a signed [provenance] record of {circuit} with counts {counts}",
            "sign a [provenance] record for {circuit}, counts {counts}",
            "single signed record: {circuit}, {counts}",
            "i want a signature over the result {counts} of {circuit}",
            "provenance record of {circuit} [on {backend}] with {counts}, sign and verify it",
            "cryptographic signature for {circuit} giving {counts}",
            "hash the record of {circuit} and counts {counts}",
            "electronic record of {circuit}: {counts}, signed",
            "ProvenanceRecord for {circuit} with counts {counts}, sign it",
            "(prove|attest) that {circuit} gave {counts} with a signed record",
            "sign {counts} measured for {circuit} and check the signature",
        ),
        says_es=(
            "(crea|haz) un registro firmado de {circuit} con conteos {counts}",
            "firma un registro de procedencia de {circuit}, conteos {counts}",
            "registro electronico firmado: {circuit}, {counts}",
            "quiero una firma sobre el resultado {counts} de {circuit}",
        ),
        code="""from bioql import ProvenanceRecord

record = ProvenanceRecord(
    program="<<circuit>>",
    backend="<<backend>>",
    shots=<<shots>>,
    counts=<<counts>>,
)
print(record.sign(), record.verify())
""",
        slots=SLOTS,
        defaults=DEFAULTS,
        weight=0.7,
    ),
    Recipe(
        "record_json_count",
        says=(
            "[provenance] record of {circuit} with counts {counts} as json",
            "(print|show) a json provenance record for {circuit} [on {backend}], counts {counts}",
            "json record: {circuit}, {counts}",
            "export the provenance of {circuit} giving {counts} as json",
            "i need the record of {circuit} with {counts} in json format",
            "turn the result {counts} of {circuit} into a json provenance record",
            "provenance json for {circuit} and {counts}",
            "serialize a provenance record of {circuit}, counts {counts}",
            "give me the metadata record of {circuit} with counts {counts} as json",
            "ProvenanceRecord to_json for {circuit}, {counts}",
        ),
        says_es=(
            "registro de procedencia de {circuit} con conteos {counts} en json",
            "muestra en json el registro de {circuit}, conteos {counts}",
            "exporta como json la procedencia de {circuit} con {counts}",
            "json del registro: {circuit}, {counts}",
        ),
        code="""from bioql import ProvenanceRecord

record = ProvenanceRecord(
    program="<<circuit>>",
    backend="<<backend>>",
    shots=<<shots>>,
    counts=<<counts>>,
)
print(record.to_json())
""",
        slots=SLOTS,
        defaults=DEFAULTS,
        weight=0.5,
    ),
)
