# ruff: noqa: E501
"""Recipes on carrying an edit into a tissue (AAV, lipid nanoparticles) and the papers for it."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.recipes.crispr import argument, each, quoted
from bioql_lsp.training.corpus.recipes.genes import gene
from bioql_lsp.training.corpus.slots import file_name, open_word, word

_TISSUE: Final = option(
    ("Liver", "(liver|the liver|hepatocytes)", "(higado|el higado|hígado)"),
    ("CNS", "(cns|the cns|the brain|brain|neurons)", "(snc|el cerebro|cerebro|neuronas)"),
    ("Retina", "(retina|the retina|the eye|eye)", "(retina|la retina|el ojo)"),
    ("Muscle", "(muscle|skeletal muscle|the muscles)", "(musculo|el músculo|los musculos)"),
    ("Lung", "(lung|the lung|lungs|the lungs)", "(pulmon|el pulmón|los pulmones)"),
)
_CAS9: Final = argument(
    "cas9_variant",
    quoted(word("SpCas9", "SaCas9", "CjCas9", "SaCas9")),
    "(with|using|carrying) {v}",
    "(con|usando) {v}",
)
_PAYLOAD: Final = argument(
    "payload_type",
    quoted(
        option(
            ("Cas9_mRNA", "cas9 mrna", "arnm de cas9"),
            ("RNP", "(rnp|cas9 rnp|ribonucleoprotein)", "(rnp|ribonucleoproteina)"),
            ("gRNA", "(grna|guide rna)", "(grna|arn guia)"),
        )
    ),
    "(with|carrying|for|for a payload of) {v}",
    "(con|para|que lleve) {v}",
)
_AAV_SHOW: Final = option(
    ('design["serotype"]', "(serotype|aav serotype|capsid)", "(el serotipo|la capside)"),
    ('design["components"]["promoter"]', "(promoter|tissue promoter)", "(el promotor)"),
    ('design["estimated_size"]', "(size|vector size|estimated size)", "(el tamaño|el tamaño del vector)"),
    ('design["clinical_considerations"]["route"]', "(route|route of administration|delivery route)",
     "(la via|la via de administracion)"),
    ('design["clinical_considerations"]["dosing"]', "(dose|dosing|vector dose)", "(la dosis)"),
    ('design["components"]', "(components|vector components|cassette)", "(los componentes)"),
    ('design["regulatory_path"]', "(regulatory path|path to approval)", "(la ruta regulatoria)"),
)  # fmt: skip
_LNP_SHOW: Final = option(
    ('design["lnp_type"]', "(lnp type|type|formulation name)", "(el tipo de lnp|el tipo)"),
    ('design["components"]', "(lipids|components|lipid components)", "(los lipidos|los componentes)"),
    ('design["molar_ratio"]', "(molar ratio|lipid ratio|ratio)", "(la proporcion molar|la proporcion)"),
    ('design["particle_size"]', "(particle size|size)", "(el tamaño|el tamaño de particula)"),
    ('design["storage"]', "(storage|storage conditions)", "(el almacenamiento)"),
    ('design["dosing"]', "(dose|dosing)", "(la dosis)"),
)  # fmt: skip
_SEROTYPE: Final = word("AAV1", "AAV2", "AAV5", "AAV8", "AAV9", "AAVrh10")
_DISEASE: Final = open_word(
    "hypercholesterolemia", "sickle cell disease", "cystic fibrosis", "hemophilia A", "obesity",
    "type 2 diabetes", "Parkinson's disease", "Alzheimer's disease", "breast cancer", "melanoma",
    "spinal muscular atrophy", "Duchenne muscular dystrophy", "retinal dystrophy", "asthma",
    "hemophilia B", "lung cancer", "rheumatoid arthritis", "phenylketonuria", "beta thalassemia",
    "hATTR amyloidosis", "glioblastoma", "colorectal cancer", "Huntington's disease",
)  # fmt: skip
_MD: Final = file_name("md", "checklist", "ind_checklist", "safety", "assessment", "ind")
_SLOTS: Final = {"gene": gene, "tissue": _TISSUE, "disease": _DISEASE, "md": _MD}
_IMPORT: Final = (
    "from bioql.crispr_qai import DeliverySystemDesigner\n\ndesigner = DeliverySystemDesigner()\n"
)
_AAV: Final = 'design = designer.design_aav_vector("<<gene>>", "<<tissue>>"<<cas9>>)\n'
_LNP: Final = 'design = designer.design_lnp_formulation("<<tissue>>"<<payload>>)\n'


RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "aav_vector",
        says=each(
            " [{cas9}]",
            "design an aav [vector] (for|targeting) [the gene] {gene} in {tissue}",
            "aav (vector|design|vector design) for {gene} in {tissue}",
            "(design|plan|propose) aav delivery of a {gene} edit to {tissue}",
            "i want to deliver crispr against {gene} to {tissue} (with|by) aav",
            "how (do|can|should) i package a {gene} editor for {tissue} in aav",
            "viral vector for editing {gene} in {tissue}",
            "which aav should i use for {gene} in {tissue}",
            "{gene} in {tissue}: aav [vector] design",
            "adeno-associated virus (vector|design) for {gene} and {tissue}",
            "aav for {tissue}, gene {gene}",
            "design_aav_vector for {gene} in {tissue}",
            "edit {gene} in {tissue}, (give me|design) the aav vector",
        ),
        says_es=each(
            " [{cas9}]",
            "(diseña|propon) un vector aav para [el gen] {gene} en {tissue}",
            "vector aav para {gene} en {tissue}",
            "quiero llevar crispr contra {gene} a {tissue} con aav",
            "que aav uso para {gene} en {tissue}",
            "diseño de vector AAV, gen {gene}, tejido {tissue}",
        ),
        code=_IMPORT + _AAV + "print(design)\n",
        slots={**_SLOTS, "cas9": _CAS9},
        defaults={"cas9": ""},
    ),
    Recipe(
        "aav_field",
        says=each(
            " [{cas9}]",
            "design an aav [vector] for {gene} in {tissue} and (show|print|give me) the {field}",
            "{field} of an aav [vector] for {gene} in {tissue}",
            "(show|print|give me) the {field} of the aav [vector] (for|against) {gene} in {tissue}",
            "what is the {field} of an aav for [editing] {gene} in {tissue}",
            "which {field} (fits|suits|do i need for) an aav against {gene} in {tissue}",
            "aav for {gene} in {tissue}: {field}",
            "i need the {field} for aav delivery of {gene} to {tissue}",
            "aav vector {gene} {tissue}, only the {field}",
            "for an aav vector with {gene} to {tissue}, what {field}",
            "tell me the {field} when {gene} is edited in {tissue} by aav",
        ),
        says_es=each(
            " [{cas9}]",
            "diseña un aav para {gene} en {tissue} y (muestra|dame) {field}",
            "{field} de un aav para {gene} en {tissue}",
            "cual es {field} del vector aav para {gene} en {tissue}",
            "AAV para {gene} en {tissue}: {field}",
        ),
        code=_IMPORT + _AAV + "print(<<field>>)\n",
        slots={**_SLOTS, "cas9": _CAS9, "field": _AAV_SHOW},
        defaults={"cas9": ""},
    ),
    Recipe(
        "lnp_design",
        says=each(
            " [{payload}]",
            "design (an lnp|a lipid nanoparticle) [formulation] for {tissue}",
            "(lnp|lipid nanoparticle) [formulation|design] for {tissue}",
            "i want to deliver crispr to {tissue} (with|by|in) (lnps|lnp|lipid nanoparticles)",
            "(which|what) (lnp|lipid nanoparticle) should i use for {tissue}",
            "formulate (an lnp|lipid nanoparticles) (targeting|for|that reach) {tissue}",
            "{tissue} lnp [formulation]",
            "nanoparticle delivery to {tissue}",
            "lipid formulation for crispr delivery to {tissue}",
            "non-viral delivery to {tissue}, lnp design",
            "design_lnp_formulation for {tissue}",
            "(plan|propose) lnp delivery to {tissue}",
        ),
        says_es=each(
            " [{payload}]",
            "(diseña|propon) (una lnp|una nanoparticula lipidica) para {tissue}",
            "formulacion (lnp|de nanoparticulas lipidicas) para {tissue}",
            "quiero llevar crispr a {tissue} con (lnp|nanoparticulas lipidicas)",
            "qué nanopartícula lipídica uso para {tissue}",
        ),
        code=_IMPORT + _LNP + "print(design)\n",
        slots={**_SLOTS, "payload": _PAYLOAD},
        defaults={"payload": ""},
    ),
    Recipe(
        "lnp_field",
        says=each(
            " [{payload}]",
            "design (an lnp|a lipid nanoparticle) for {tissue} and (show|print|give me) the {field}",
            "{field} of (an lnp|a lipid nanoparticle) for {tissue}",
            "(show|print|give me) the {field} of the lnp [formulation] for {tissue}",
            "what is the {field} of an lnp (for|targeting) {tissue}",
            "which {field} does an lnp for {tissue} (have|need)",
            "lnp for {tissue}: {field}",
            "{tissue} lnp {field}",
            "i need the {field} for lnp delivery to {tissue}",
            "tell me the {field} when i target {tissue} with lnps",
            "lipid nanoparticles to {tissue}, only the {field}",
        ),
        says_es=each(
            " [{payload}]",
            "diseña una lnp para {tissue} y (muestra|dame) {field}",
            "{field} de una lnp para {tissue}",
            "cual es {field} de la nanoparticula lipidica para {tissue}",
            "LNP para {tissue}: {field}",
        ),
        code=_IMPORT + _LNP + "print(<<field>>)\n",
        slots={**_SLOTS, "payload": _PAYLOAD, "field": _LNP_SHOW},
        defaults={"payload": ""},
    ),
    Recipe(
        "tissue_delivery",
        says=(
            "(how|what is the best way) to (reach|target|deliver to) {tissue}",
            "[preferred|recommended] delivery (options|routes|systems) for {tissue}",
            "(which|what) delivery (system|vehicle) (works|is preferred) for {tissue}",
            "(aav or lnp|lnp or aav) for {tissue}",
            "how do i get crispr into {tissue}",
            "delivery route and challenges for {tissue}",
            "what are the delivery (challenges|problems) in {tissue}",
            "gene therapy delivery to {tissue}, options",
            "tissue targeting (info|data|table) for {tissue}",
            "{tissue} delivery (info|options|strategies)",
        ),
        says_es=(
            "como (llego|se llega) a {tissue} con crispr",
            "opciones de entrega para {tissue}",
            "aav o lnp para {tissue}",
            "que sistema de entrega conviene para {tissue}",
        ),
        code=_IMPORT + 'print(designer.tissue_targeting["<<tissue>>"])\n',
        slots=_SLOTS,
        weight=0.8,
    ),
    Recipe(
        "aav_serotype",
        says=(
            "(info|information|data|details) (on|about|for) [the serotype] {serotype}",
            "(what|which tissues) does {serotype} (infect|target|transduce)",
            "{serotype} (tropism|info|properties|details)",
            "tell me about [the aav serotype] {serotype}",
            "tropism of {serotype}",
            "packaging capacity of {serotype}",
            "how immunogenic is {serotype}",
            "is {serotype} fda approved",
            "look up [the] serotype {serotype}",
            "clinical use of {serotype}",
            "(describe|show|print) [the aav] {serotype}",
        ),
        says_es=(
            "(informacion|datos) (de|sobre) [el serotipo] {serotype}",
            "tropismo de {serotype}",
            "que tejidos infecta {serotype}",
            "qué tan inmunogénico es {serotype}",
        ),
        code=_IMPORT + 'print(designer.aav_serotypes["<<serotype>>"])\n',
        slots={"serotype": _SEROTYPE},
        weight=0.6,
    ),
    Recipe(
        "delivery_systems",
        says=(
            "(list|show|print) [the] [known|available] aav serotypes and lnp formulations",
            "(list|show) [all] [known|available] delivery (systems|vehicles)",
            "which aavs and lnps does bioql know",
            "available aav serotypes and lipid nanoparticles",
            "what delivery vehicles can the designer use",
            "names of the aav serotypes and lnps",
            "known crispr delivery systems",
            "delivery systems in the crispr module",
            "aav and lnp names, please",
        ),
        says_es=(
            "lista los serotipos aav y las lnp",
            "que sistemas de entrega conoce bioql",
            "sistemas de entrega crispr disponibles",
            "qué aav y lnp hay",
        ),
        code=_IMPORT + "print(list(designer.aav_serotypes), list(designer.lnp_formulations))\n",
        weight=0.4,
    ),
    Recipe(
        "ind_checklist",
        says=(
            "(generate|write|make|create) an ind [application] checklist for {gene} in {disease}",
            "ind [application] checklist (for|of) {gene} [therapy] (against|for|in) {disease}",
            "(what do i need for|checklist for) an fda ind (on|with|of) {gene} (against|for) {disease}",
            "fda checklist for a {gene} (therapy|edit|treatment) (against|for|of) {disease}",
            "i plan a {gene} therapy for {disease}, (give me|print) the ind checklist",
            "regulatory checklist, gene {gene}, disease {disease}",
            "generate_ind_checklist {gene} {disease}",
            "treat {disease} by editing {gene}: ind checklist",
            "investigational new drug checklist for {gene} and {disease}",
            "print the ind documents list for {gene}, {disease}",
            "for {disease}, which ind items does a {gene} edit need",
        ),
        says_es=(
            "(genera|haz) una lista de verificacion ind para {gene} en {disease}",
            "checklist ind para {gene} contra {disease}",
            "que necesito para un ind de {gene} contra {disease}",
            "lista regulatoria, gen {gene}, enfermedad {disease}",
        ),
        code="""from bioql.crispr_qai import RegulatoryDocGenerator

print(RegulatoryDocGenerator().generate_ind_checklist("<<gene>>", "<<disease>>"))
""",
        slots=_SLOTS,
        weight=0.6,
    ),
    Recipe(
        "ind_file",
        says=(
            "(write|save|export) an ind checklist for {gene} in {disease} (to|in|as|into) {md}",
            "ind checklist (for|of) {gene} against {disease} (into|to|as) {md}",
            "save the fda checklist for a {gene} therapy of {disease} as {md}",
            "(make|create) {md} with the ind checklist for {gene} and {disease}",
            "{md}: ind checklist, gene {gene}, disease {disease}",
            "i want the ind checklist of {gene} for {disease} in a file {md}",
            "put the ind checklist for {disease} by editing {gene} into {md}",
            "generate the {gene} {disease} ind checklist and store it in {md}",
            "regulatory checklist {gene} {disease}, write to {md}",
        ),
        says_es=(
            "guarda la lista ind de {gene} para {disease} en {md}",
            "escribe en {md} el checklist ind de {gene} contra {disease}",
            "checklist ind de {gene} y {disease} al archivo {md}",
            "crea {md} con la lista IND de {gene} para {disease}",
        ),
        code="""from pathlib import Path

from bioql.crispr_qai import RegulatoryDocGenerator

checklist = RegulatoryDocGenerator().generate_ind_checklist("<<gene>>", "<<disease>>")
Path("<<md>>").write_text(checklist, encoding="utf-8")
""",
        slots=_SLOTS,
        weight=0.4,
    ),
    Recipe(
        "safety_assessment",
        says=(
            "(write|generate|make) a safety assessment for {gene} with guide {guide} (delivered by|in|and) {serotype}",
            "safety assessment of guide {guide} against {gene} (in|by|with) {serotype}",
            "safety report (for|on) editing {gene} with {guide} and {serotype}",
            "assess the safety of editing {gene} with guide {guide} delivered by {serotype}",
            "i edit {gene} with {guide} in {serotype}, (write|generate) the safety assessment",
            "regulatory safety document: gene {gene}, guide {guide}, vector {serotype}",
            "generate_safety_assessment {gene} {guide} {serotype}",
            "guide {guide}, gene {gene}, delivery {serotype}: safety assessment",
            "how safe is editing {gene} with the guide {guide} carried by {serotype}, as a report",
            "draft the fda safety assessment for guide {guide} on {gene} by {serotype}",
        ),
        says_es=(
            "(escribe|genera) una evaluacion de seguridad para {gene} con la guia {guide} y {serotype}",
            "evaluación de seguridad de la guía {guide} contra {gene} con {serotype}",
            "informe de seguridad: gen {gene}, guia {guide}, vector {serotype}",
            "edito {gene} con {guide} en {serotype}, genera la evaluacion de seguridad",
        ),
        code="""from bioql.crispr_qai import OffTargetPredictor, RegulatoryDocGenerator

guide = "<<guide>>"
specificity = OffTargetPredictor().calculate_specificity_score(guide)
generator = RegulatoryDocGenerator()
print(generator.generate_safety_assessment("<<gene>>", guide, specificity, "<<serotype>>"))
""",
        slots={**_SLOTS, "serotype": _SEROTYPE},
        weight=0.6,
    ),
)
