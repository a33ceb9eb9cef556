"""Recipes on QEC plots and reports, and on the entries of an auditable session."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Slot
from bioql_lsp.training.corpus.recipes.compliance import SLOTS as SESSION_SLOTS
from bioql_lsp.training.corpus.recipes.error_correction import distance, error_rate, target_rate
from bioql_lsp.training.corpus.recipes.noise_features import affinity
from bioql_lsp.training.corpus.slots import file_name, integer, open_integer

SLOTS: Final[dict[str, Slot]] = {
    **SESSION_SLOTS,
    "rate": error_rate,
    "surface": target_rate,
    "steane": target_rate,
    "distance": distance,
    "logical": integer(2, 20),
    "physical": open_integer(64, 900),
    "affinity": affinity,
    "png": file_name("png", "errors", "qec", "rates"),
    "html": file_name("html", "qec", "resources"),
}

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "plot_error_rates",
        says=(
            "plot raw and corrected error rates, raw {rate}, surface {surface}, steane {steane}, to {png}",
            "error rate plot {png}: raw {rate}, surface code {surface}, steane code {steane}",
            "(draw|plot|chart) corrected errors of the surface code, {surface}, and steane code, {steane}, against raw {rate} in {png}",
            "i have raw error {rate}, surface {surface} and steane {steane}; plot them to {png}",
            "qec error chart as {png} with raw {rate}, surface {surface}, steane {steane}",
            "visualize error correction: raw rate {rate}, surface {surface}, steane {steane}, save {png}",
            "compare surface {surface} and steane {steane} error rates at raw {rate} in a figure {png}",
            "figure {png} of raw vs corrected errors: {rate} raw, {surface} surface, {steane} steane",
            "plot_error_rates raw {rate} surface {surface} steane {steane} into {png}",
            "make a picture {png} that shows raw error {rate} going to {surface} with surface and {steane} with steane",
        ),
        says_es=(
            "grafica los errores: bruto {rate}, superficie {surface}, steane {steane}, en {png}",
            "dibuja en {png} el error bruto {rate}, surface {surface} y steane {steane}",
            "grafico {png} de tasas de error: bruta {rate}, superficie {surface}, steane {steane}",
            "visualiza la corrección: error {rate}, superficie {surface}, steane {steane}, archivo {png}",
        ),
        code="""from bioql.visualization import QECVisualizer

rows = [
    {"qec_type": "surface", "raw_error": <<rate>>, "corrected_error": <<surface>>},
    {"qec_type": "steane", "raw_error": <<rate>>, "corrected_error": <<steane>>},
]
viz = QECVisualizer()
viz.save_figure(viz.plot_error_rates(rows), "<<png>>")
""",
        slots=SLOTS,
        weight=0.7,
    ),
    Recipe(
        "qec_report",
        says=(
            "[html] qec report {html}: surface code distance {distance}, {physical} physical and {logical} logical qubits [, error rate {rate}]",
            "(write|make|create) an html report {html} for a distance {distance} surface code with {physical} physical and {logical} logical qubits [at error {rate}]",
            "qec resource report as {html}, d={distance}, {logical} logical on {physical} physical qubits [, p={rate}]",
            "report my surface code resources of {physical} physical, {logical} logical qubits and distance {distance} in {html}",
            "i need {html} with the qec resources: {physical} physical qubits, {logical} logical, distance {distance}",
            "save a qec report to {html} with {physical} physical qubits, {logical} logical qubits and code distance {distance}",
            "resource estimation report {html}: {logical} logical, {physical} physical, surface code d={distance}",
            "generate_qec_report {html} {physical} physical {logical} logical distance {distance}",
            "html page {html} on a surface code using {physical} physical for {logical} logical qubits at distance {distance}",
            "document a distance {distance} surface code of {physical} physical and {logical} logical qubits as {html}",
        ),
        says_es=(
            "informe qec {html}: codigo de superficie distancia {distance}, {physical} qubits fisicos y {logical} logicos",
            "escribe un informe html {html} de un surface code d={distance} con {physical} qubits fisicos y {logical} logicos",
            "informe de recursos {html} con {physical} fisicos, {logical} logicos y distancia {distance}",
            "reporte de corrección {html}: {logical} lógicos en {physical} físicos, distancia {distance}",
        ),
        code="""from bioql.visualization import QECVisualizer
from bioql.visualization.qualtran_viz import ResourceEstimation

estimate = ResourceEstimation(
    physical_qubits=<<physical>>,
    logical_qubits=<<logical>>,
    magic_states=0,
    t_gates=0,
    circuit_depth=1,
    time_to_solution_ms=1.0,
    overhead_factor=<<physical>> / <<logical>>,
    error_rate=<<rate>>,
    code_distance=<<distance>>,
    qec_type="surface",
)
QECVisualizer().generate_qec_report(estimate, output_path="<<html>>")
""",
        slots=SLOTS,
        defaults={"rate": "0.001"},
        weight=0.5,
    ),
    Recipe(
        "audit_docking",
        says=(
            "(add|record) the docking of {smiles} to {pdb} with affinity {affinity} [kcal/mol] in audit session {session}",
            "audit session {session}: docking of {smiles} into {pdb}, affinity {affinity}",
            "log a vina docking of {smiles} to {pdb} [that gave] {affinity} kcal/mol in session {session}",
            "i docked {smiles} to {pdb} and got {affinity}; put it in the audit session {session}",
            "auditable docking record: {smiles}, {pdb}, {affinity}, session {session}",
            "DockingExecution for {smiles} and {pdb}, affinity {affinity}, in session {session}",
            "keep the docking result {affinity} of {smiles} on {pdb} in the audit report of session {session}",
            "document docking {smiles} / {pdb} = {affinity} for the auditors in session {session}",
            "session {session} should contain my docking of {smiles} to {pdb}, {affinity} kcal/mol",
            "write docking {smiles} with {pdb}, best affinity {affinity}, to audit session {session}",
        ),
        says_es=(
            "anade a la sesion de auditoria {session} el docking de {smiles} a {pdb} con afinidad {affinity}",
            "registra en la sesion {session} el docking de {smiles} con {pdb}, {affinity} kcal/mol",
            "hice docking de {smiles} a {pdb} y dio {affinity}, guardalo en la sesion auditable {session}",
            "sesión auditable {session}: docking {smiles}, {pdb}, {affinity}",
        ),
        code="""from datetime import datetime

from bioql import AuditableSession, DockingExecution

docking = DockingExecution(
    engine="vina",
    ligand_smiles="<<smiles>>",
    receptor_pdb="<<pdb>>",
    best_affinity_kcal_per_mol=<<affinity>>,
    num_poses=9,
    runtime_seconds=0.0,
    center=(0, 0, 0),
    box_size=(20, 20, 20),
    output_files={},
    timestamp=datetime.now().isoformat(),
)
session = AuditableSession("<<session>>")
session.add_docking(docking)
print(session.save_report())
""",
        slots=SLOTS,
        weight=0.3,
    ),
    Recipe(
        "audit_postprocess",
        says=(
            "(add|record) the entropy of {counts} as a post-processing step in audit session {session}",
            "audit session {session}: post-processing of {counts}",
            "log quantum feature extraction of {counts} in the audit session {session}",
            "postprocessing record for {counts} in session {session}",
            "PostprocessExecution of {counts}, session {session}",
            "i extracted features from {counts}; add that step to audit session {session}",
            "document the feature extraction from {counts} for the auditors in session {session}",
            "session {session} should list the post-processing of {counts}",
            "write the analysis of {counts} to audit session {session} as postprocessing",
            "auditable post-processing: {counts}, session {session}",
        ),
        says_es=(
            "anade a la sesion de auditoria {session} el postprocesado de {counts}",
            "registra el postproceso de {counts} en la sesion auditable {session}",
            "sesion de auditoria {session}: postprocesado de {counts}",
            "documenta en la sesión {session} la extracción de características de {counts}",
        ),
        code="""from datetime import datetime

from bioql import AuditableSession, PostprocessExecution, extract_quantum_features

counts = <<counts>>
step = PostprocessExecution(
    method="quantum_features",
    inputs=counts,
    outputs=extract_quantum_features(counts).to_dict(),
    description="Features of the counts",
    timestamp=datetime.now().isoformat(),
)
session = AuditableSession("<<session>>")
session.add_postproc(step)
print(session.save_report())
""",
        slots=SLOTS,
        weight=0.3,
    ),
)
