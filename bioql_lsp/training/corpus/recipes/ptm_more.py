# ruff: noqa: E501
"""More recipes on modification sites: kinases, residues, several types, several sequences, files."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.recipes.ptm_sites import cut
from bioql_lsp.training.corpus.slots import file_name

_KIND: Final = option(
    ("phosphorylation", "phosphorylation", "(fosforilacion|fosforilación)"),
    ("acetylation", "acetylation", "(acetilacion|acetilación)"),
    ("methylation", "methylation", "(metilacion|metilación)"),
    ("ubiquitination", "(ubiquitination|ubiquitylation)", "(ubiquitinacion|ubiquitinación)"),
    ("sumoylation", "(sumoylation|SUMOylation)", "(sumoilacion|sumoilación)"),
)
_LITERAL: Final = option(
    *(
        (kind, kind, kind)
        for kind in (
            "phosphorylation",
            "acetylation",
            "methylation",
            "ubiquitination",
            "sumoylation",
        )
    )
)
_RESIDUE: Final = option(
    ("S", "(serine|serines|ser)", "serina"),
    ("T", "(threonine|threonines|thr)", "treonina"),
    ("Y", "(tyrosine|tyrosines|tyr)", "tirosina"),
)
_FASTA: Final = file_name(
    "fasta", "sequences", "proteome", "my_protein", "antibody", "query", "isoforms", "chain_a"
)
_NO_CUT: Final = {"cut": ""}

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "ptm_kinases",
        says=(
            "which kinases (phosphorylate|could phosphorylate|modify|act on) {protein} [{cut}]",
            "(predict|find|show|list) the kinase (of|for) (each|every) phosphorylation site (in|of) {protein} [{cut}]",
            "kinases (for|of|behind) the phosphosites (of|in) {protein} [{cut}]",
            "phosphorylation sites of {protein} with [their|the] kinases [{cut}]",
            "what kinase (hits|targets|phosphorylates) {protein} [{cut}]",
            "kinase prediction {protein}",
            "kinases {protein}",
            "i have {protein} and want to know which kinases phosphorylate it [{cut}]",
            "(assign|match) kinases to the phosphosites of {protein} [{cut}]",
            "who phosphorylates {protein} [{cut}]",
            "is {protein} a substrate of PKA, PKC, CK2 or other kinases [{cut}]",
            "position and kinase of the phosphorylation sites in {protein} [{cut}]",
            "kinase assignment for phospho sites in {protein} [{cut}]",
        ),
        says_es=(
            "que (quinasas|cinasas) (fosforilan|actuan sobre) {protein} [{cut}]",
            "(quinasa|cinasa) de cada sitio de fosforilacion de {protein} [{cut}]",
            "sitios de fosforilacion de {protein} con su (quinasa|cinasa) [{cut}]",
            "(predice|muestra) las (quinasas|cinasas) de los fosfositios de {protein} [{cut}]",
            "¿qué quinasa fosforila {protein}?",
        ),
        code="""from bioql import predict_phosphorylation

sequence = "<<protein>>"
ptm = predict_phosphorylation(sequence<<cut>>)
for site in ptm.sites:
    print(site.position, site.kinase)
""",
        slots={"cut": cut},
        defaults=_NO_CUT,
    ),
    Recipe(
        "phospho_by_residue",
        says=(
            "(only|just) [the] {residue} phosphorylation sites (in|of) {protein} [{cut}]",
            "(predict|find|list|show) phosphorylated {residue} [residues] in {protein} [{cut}]",
            "which {residue} [residues] (of|in) {protein} (are|get|can be) phosphorylated [{cut}]",
            "{residue} phosphorylation [positions] (in|of) {protein} [{cut}]",
            "phospho {residue} {protein} [{cut}]",
            "phosphosites of {protein} (on|at) {residue} only [{cut}]",
            "where is {protein} phosphorylated on {residue} [{cut}]",
            "in {protein} , which {residue} positions are phosphorylation sites [{cut}]",
            "i care only about {residue} phosphorylation in {protein} [{cut}]",
            "phosphorylation of {residue} residues in {protein} [{cut}]",
            "phosphorylatable {residue} positions {protein} [{cut}]",
            "predict phosphorylation in {protein} and keep [only] {residue} [{cut}]",
        ),
        says_es=(
            "[solo] [los] sitios de fosforilacion en {residue} de {protein} [{cut}]",
            "fosforilacion (de|en) {residue} en {protein} [{cut}]",
            "que residuos de {residue} de {protein} se fosforilan [{cut}]",
            "posiciones de {residue} fosforilada en {protein} [{cut}]",
        ),
        code="""from bioql import predict_phosphorylation

sequence = "<<protein>>"
ptm = predict_phosphorylation(sequence<<cut>>)
print([site.position for site in ptm.sites if site.amino_acid == "<<residue>>"])
""",
        slots={"cut": cut, "residue": _RESIDUE},
        defaults=_NO_CUT,
        weight=0.8,
    ),
    Recipe(
        "ptm_all_types",
        says=(
            "(predict|find|count|list) all [the] [types of] (ptms|post-translational modifications|modifications) (of|in|on) {protein}",
            "all ptm (types|sites) (of|in|for) {protein}",
            "(ptms|ptm profile|modification profile|ptm overview|ptm summary) (of|for) {protein}",
            "which post-translational modifications (does|could) {protein} (have|carry|undergo)",
            "(count|number of) sites (of|for) (every|each) (modification|ptm) [type] in {protein}",
            "how many sites of each ptm type does {protein} have",
            "ptms {protein}",
            "(run|try) every (ptm|modification) (predictor|type) on {protein}",
            "phosphorylation, acetylation, methylation, ubiquitination and sumoylation (counts|sites) (of|in|for) {protein}",
            "how is {protein} modified after translation",
            "i have {protein} , what (ptms|modifications) can it get",
            "site counts per modification type for {protein}",
            "(scan|screen) {protein} for (ptms|all modifications|every modification)",
        ),
        says_es=(
            "todas las modificaciones [postraduccionales] de {protein}",
            "(perfil|resumen) de (ptms|modificaciones postraduccionales) de {protein}",
            "cuantos sitios de cada (modificacion|tipo de ptm) tiene {protein}",
            "que modificaciones postraduccionales (tiene|puede tener) {protein}",
            "(prueba|predice) todos los tipos de ptm en {protein}",
        ),
        code="""from bioql import predict_ptm_sites

sequence = "<<protein>>"
for ptm_type in ("phosphorylation", "acetylation", "methylation", "ubiquitination", "sumoylation"):
    ptm = predict_ptm_sites(sequence, ptm_type=ptm_type)
    print(ptm_type, ptm.total_sites)
""",
    ),
    Recipe(
        "ptm_by_function",
        says=(
            "predict_ptm_sites (for|of|on|with) {protein} (and|with|,) ptm_type {kind} [{cut}]",
            "(call|use|run) predict_ptm_sites (on|with|for) {protein} [and] (type|ptm_type) {kind} [{cut}]",
            "(ptm sites|modification sites) of {protein} , (type|ptm type|ptm_type) {kind} [{cut}]",
            "ptm sites {protein} type {kind} [{cut}]",
            "ptm_type={kind} for {protein} [{cut}]",
            "predict ptm sites in {protein} of type {kind} [{cut}]",
            "modification type {kind} , sequence {protein} : predict [the] sites [{cut}]",
            "with predict_ptm_sites get the {kind} sites of {protein} [{cut}]",
            "{kind} as ptm_type , sites in {protein} [{cut}]",
            "ptm prediction of {protein} with ptm_type {kind} [{cut}]",
        ),
        says_es=(
            "predict_ptm_sites (para|con|de) {protein} (y|con) ptm_type {kind} [{cut}]",
            "(usa|llama a) predict_ptm_sites con {protein} y tipo {kind} [{cut}]",
            "sitios ptm de {protein} de tipo {kind} [{cut}]",
            "prediccion de ptm de {protein} con ptm_type {kind} [{cut}]",
        ),
        code="""from bioql import predict_ptm_sites

sequence = "<<protein>>"
ptm = predict_ptm_sites(sequence, ptm_type="<<kind>>"<<cut>>)
for site in ptm.sites:
    print(site.position, site.amino_acid, site.confidence)
""",
        slots={"cut": cut, "kind": _LITERAL},
        defaults=_NO_CUT,
        weight=0.5,
    ),
    Recipe(
        "methylation_by_function",
        says=(
            "(call|use|run) predict_methylation (on|with|for) {protein} [{cut}]",
            "predict_methylation {protein} [{cut}]",
            "predict_methylation (of|for|on) [the (protein|peptide|sequence)] {protein} [{cut}]",
            "(show|print) the sites that predict_methylation finds in {protein} [{cut}]",
            "sites from predict_methylation for {protein} [{cut}]",
            "what does predict_methylation say about {protein} [{cut}]",
            "{protein} with predict_methylation [{cut}]",
            "i want to use predict_methylation with {protein} [{cut}]",
            "apply predict_methylation to {protein} [{cut}]",
        ),
        says_es=(
            "(usa|llama a) predict_methylation con {protein} [{cut}]",
            "predict_methylation de {protein} [{cut}]",
            "que da predict_methylation para {protein} [{cut}]",
        ),
        code="""from bioql.proteomics import predict_methylation

sequence = "<<protein>>"
ptm = predict_methylation(sequence<<cut>>)
for site in ptm.sites:
    print(site.position, site.amino_acid, site.confidence)
""",
        slots={"cut": cut},
        defaults=_NO_CUT,
        weight=0.3,
    ),
    Recipe(
        "ptm_compare",
        says=(
            "compare {kind} (of|in) {protein} and {protein2}",
            "(which|what) has more {kind} sites , {protein} or {protein2}",
            "{kind} sites (in|of) {protein} (vs|versus|against|compared to) {protein2}",
            "how many {kind} sites do {protein} and {protein2} have",
            "count {kind} sites (in|for) both {protein} and {protein2}",
            "{kind} site counts for {protein} and {protein2}",
            "number of {kind} sites : {protein} , {protein2}",
            "i have {protein} and {protein2} , count [their] {kind} sites",
            "(compare|contrast) the number of {kind} sites between {protein} and {protein2}",
            "does {protein} have more {kind} than {protein2}",
        ),
        says_es=(
            "compara la {kind} de {protein} y {protein2}",
            "cual tiene mas sitios de {kind} , {protein} o {protein2}",
            "cuantos sitios de {kind} tienen {protein} y {protein2}",
            "sitios de {kind} de {protein} (frente a|contra|vs) {protein2}",
        ),
        code="""from bioql import predict_ptm_sites

first = "<<protein>>"
second = "<<protein2>>"
for sequence in (first, second):
    print(sequence, predict_ptm_sites(sequence, ptm_type="<<kind>>").total_sites)
""",
        slots={"kind": _KIND},
        weight=0.7,
    ),
    Recipe(
        "ptm_fraction",
        says=(
            "(what fraction|what share|how much) of {protein} (is|are) {kind} sites",
            "(fraction|share|percentage|density) of {kind} sites (in|of) {protein}",
            "{kind} site density (of|in) {protein}",
            "{kind} sites per residue (in|of|for) {protein}",
            "how (dense|frequent) (is|are) {kind} [sites] in {protein}",
            "{kind} sites relative to the length of {protein}",
            "{protein} : share of residues that are {kind} sites",
            "proportion of residues with {kind} in {protein}",
            "divide the number of {kind} sites by the length of {protein}",
        ),
        says_es=(
            "(fraccion|proporcion|porcentaje|densidad) de sitios de {kind} en {protein}",
            "que (fraccion|parte) de {protein} son sitios de {kind}",
            "sitios de {kind} por residuo en {protein}",
        ),
        code="""from bioql import predict_ptm_sites

sequence = "<<protein>>"
ptm = predict_ptm_sites(sequence, ptm_type="<<kind>>")
print(ptm.total_sites / len(ptm.sequence))
""",
        slots={"kind": _KIND},
        weight=0.4,
    ),
    Recipe(
        "ptm_fasta",
        says=(
            "(predict|find|list|get) [the] {kind} sites (in|of|for) [the (protein|sequence) in] {fasta} [{cut}]",
            "{kind} sites {fasta} [{cut}]",
            "(read|load|open) {fasta} and (predict|find|list) [the] {kind} sites [{cut}]",
            "my (protein|sequence|peptide) is in {fasta} , (predict|find) its {kind} sites [{cut}]",
            "{kind} prediction (for|from) the fasta [file] {fasta} [{cut}]",
            "take the sequence from {fasta} and predict {kind} [{cut}]",
            "where is the protein in {fasta} modified by {kind} [{cut}]",
            "run {kind} prediction on {fasta} [{cut}]",
            "i have {fasta} and (want|need) {kind} sites [{cut}]",
            "{kind} from {fasta} [{cut}]",
        ),
        says_es=(
            "(predice|busca|lista) los sitios de {kind} de {fasta} [{cut}]",
            "(lee|carga|abre) {fasta} y predice los sitios de {kind} [{cut}]",
            "mi proteina esta en {fasta} , (busca|predice) su {kind} [{cut}]",
            "sitios de {kind} {fasta} [{cut}]",
        ),
        code="""from Bio import SeqIO

from bioql import predict_ptm_sites

sequence = str(SeqIO.read("<<fasta>>", "fasta").seq)
ptm = predict_ptm_sites(sequence, ptm_type="<<kind>>"<<cut>>)
for site in ptm.sites:
    print(site.position, site.amino_acid, site.confidence)
""",
        slots={"cut": cut, "kind": _KIND, "fasta": _FASTA},
        defaults=_NO_CUT,
    ),
    Recipe(
        "ptm_fasta_all",
        says=(
            "count {kind} sites (of|in|for) (every|each) (protein|sequence|record) (in|of) {fasta}",
            "{kind} site counts for all (proteins|sequences|records) in {fasta}",
            "how many {kind} sites (does|has) (each|every) (protein|sequence) (in|of) {fasta} [have]",
            "loop over {fasta} and count {kind} sites",
            "for (every|each) (record|protein|sequence) in {fasta} print the number of {kind} sites",
            "number of {kind} sites per protein in {fasta}",
            "(go through|iterate over|scan) all [the] (proteins|sequences) in {fasta} for {kind}",
            "batch {kind} (prediction|counts) {fasta}",
            "{fasta} has many proteins , count {kind} sites in each",
            "a whole fasta {fasta} : {kind} sites per sequence",
        ),
        says_es=(
            "cuenta los sitios de {kind} de cada (proteina|secuencia) de {fasta}",
            "cuantos sitios de {kind} tiene cada (proteina|secuencia) (en|de) {fasta}",
            "recorre {fasta} y cuenta los sitios de {kind}",
            "numero de sitios de {kind} por proteina en {fasta}",
        ),
        code="""from Bio import SeqIO

from bioql import predict_ptm_sites

for record in SeqIO.parse("<<fasta>>", "fasta"):
    print(record.id, predict_ptm_sites(str(record.seq), ptm_type="<<kind>>").total_sites)
""",
        slots={"kind": _KIND, "fasta": _FASTA},
        weight=0.8,
    ),
)
