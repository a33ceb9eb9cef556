# ruff: noqa: E501
"""Recipes on how proteins interact, what they look like, and their mass spectra."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.made_up import peptide
from bioql_lsp.training.corpus.recipe import Recipe, Said, option
from bioql_lsp.training.corpus.slots import decimal, file_name
from bioql_lsp.training.corpus.split import Draw

_AFFINITY: Final = decimal(0.5, 9.5)
_NOTE: Final = "# Placeholder in BioQL 7.0.1: the result is not computed from the input.\n"
_PPI: Final = "from bioql import predict_protein_protein_interaction\n\n"
_PPI_PAIR: Final = 'first = "<<protein>>"\nsecond = "<<protein2>>"\n'
_PPI_CALL: Final = "interaction = predict_protein_protein_interaction(first, second)\n"
_SPECTRUM: Final = "import numpy as np\n\nfrom bioql.proteomics import {}\n\n" + (
    'spectrum = np.loadtxt("<<spectrum>>", delimiter=",")\n'
)
_SPECTRUM_FILE: Final = file_name(
    "csv", "spectrum", "ms", "msms", "mass_spec", "peaks", "scan", "orbitrap", "maldi", "tryptic"
)
_PARTNERS: Final = option(
    (
        "print(interaction.binding_affinity)",
        "(binding affinity|affinity|binding energy|binding strength)",
        "(afinidad|energia de union|afinidad de union)",
    ),
    (
        "print(interaction.interaction_type)",
        "(interaction type|type of interaction|kind of interaction)",
        "tipo de (interaccion|interacción)",
    ),
    (
        "print(interaction.confidence)",
        "(interaction confidence|confidence of the interaction)",
        "confianza de la (interaccion|interacción)",
    ),
)
_DATABASES: Final = option(
    ("uniprot", "(uniprot|UniProt)", "uniprot"),
    ("swissprot", "(swissprot|Swiss-Prot)", "swissprot"),
    ("ncbi", "(ncbi|NCBI)", "ncbi"),
    ("pdb", "(pdb|PDB)", "pdb"),
)
_PART: Final = option(
    ("helix", "(helix|helical|alpha helix)", "(helice|hélice)"),
    ("sheet", "(sheet|strand|beta sheet)", "(lamina beta|hoja beta)"),
    ("coil", "(coil|loop|random coil)", "(ovillo|bucle)"),
)


def peptides(draw: Draw) -> Said:
    """Three or four sequences, as the items of a list."""
    texts = [draw.make(peptide)[:20] for _ in range(draw.choose((3, 3, 4)))]
    last = draw.local(" and ", " y ")
    said = draw.choose(
        (", ".join(texts), " ".join(texts), ", ".join(texts[:-1]) + last + texts[-1])
    )
    return Said(said, ", ".join(f'"{text}"' for text in texts), is_exact=True)


def affinity_cut(draw: Draw) -> Said:
    """The affinity below which a pair counts as interacting, as a further argument."""
    number = f"-{_AFFINITY(draw).written}"
    lead = draw.choose(
        draw.local(
            "with affinity below /, threshold /with threshold /at a cutoff of /stronger than ",
            "con afinidad menor que /, umbral /con umbral /con un umbral de ",
        ).split("/")
    )
    unit = draw.choose(("", "", " kcal/mol"))
    return Said(f"{lead}{number}{unit}", f", threshold={number}", is_exact=True)


RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "ppi",
        says=(
            "(do|does|will|would|can) {protein} and {protein2} (interact|bind [each other]|form a complex)",
            "(predict|estimate|analyze|check) [the] [protein-protein|protein] interaction (between|of) {protein} and {protein2}",
            "ppi {protein} {protein2}",
            "(ppi|protein-protein interaction|protein interaction) (prediction|analysis) for {protein} and {protein2}",
            "does {protein} (bind|interact with|stick to) {protein2}",
            "i have two (proteins|sequences|peptides) , {protein} and {protein2} , do they (interact|bind)",
            "how (do|would) {protein} and {protein2} interact",
            "(is|are) {protein} a binding partner of {protein2}",
            "interaction (of|between) {protein} (with|and) {protein2}",
            "(tell me|find out|check) (if|whether) {protein} and {protein2} (interact|bind)",
            "{protein} + {protein2} interaction",
            "will these two proteins bind : {protein} , {protein2}",
            "predict (binding|complex formation) of the proteins {protein} and {protein2}",
        ),
        says_es=(
            "(interactuan|se unen|interaccionan) {protein} y {protein2}",
            "(predice|estima|calcula) la interaccion [proteina-proteina] entre {protein} y {protein2}",
            "interaccion (de|entre) {protein} (y|con) {protein2}",
            "dime si {protein} y {protein2} (interactuan|se unen)",
            "tengo dos proteinas , {protein} y {protein2} , interactuan",
            "ppi {protein} {protein2}",
        ),
        code=_PPI
        + _PPI_PAIR
        + _PPI_CALL
        + "print(interaction.binding_affinity, interaction.interaction_type, interaction.confidence)\n",
        weight=2.0,
    ),
    Recipe(
        "ppi_value",
        says=(
            "[the] {print} (of|between|for) [the proteins] {protein} and {protein2}",
            "(predict|estimate|compute|get|print) [the] {print} (of|between|for) {protein} and {protein2}",
            "(what is|what's) the {print} (of|between) [the (proteins|peptides)] {protein} and {protein2}",
            "{print} {protein} {protein2}",
            "{protein} and {protein2} : {print}",
            "i (need|want) the {print} (for|of) {protein} with {protein2}",
            "proteins {protein} and {protein2} , (give|show|print) me [only] the {print}",
            "{print} of the (ppi|protein-protein interaction|complex) {protein} {protein2}",
            "how about the {print} (of|for) {protein} against {protein2}",
            "for the (pair|partners) {protein} and {protein2} (print|show|give) the {print}",
        ),
        says_es=(
            "[la|el] {print} (de|entre) [las proteinas] {protein} y {protein2}",
            "(cual es|dime|calcula|predice) [la|el] {print} (de|entre) {protein} y {protein2}",
            "{print} {protein} {protein2}",
            "necesito [la|el] {print} de {protein} con {protein2}",
        ),
        code=_PPI + _PPI_PAIR + _PPI_CALL + "<<print>>\n",
        slots={"print": _PARTNERS},
    ),
    Recipe(
        "ppi_contacts",
        says=(
            "[the] interface residues (of|between) {protein} and {protein2}",
            "which residues (form|make|are at) the interface (of|between) {protein} and {protein2}",
            "(predict|find|list|show) [the] (contact|interface|interacting) residues (of|between|for) {protein} and {protein2}",
            "where do {protein} and {protein2} touch",
            "interface {protein} {protein2}",
            "(binding|protein-protein) interface of {protein} (with|and) {protein2}",
            "through which residues (do|would) {protein} and {protein2} (interact|bind|contact)",
            "i (need|want) the interface between {protein} and {protein2}",
            "residues of {protein} in contact with {protein2} (and vice versa|on both sides)",
            "ppi interface residues {protein} {protein2}",
        ),
        says_es=(
            "[los] residuos de [la] interfaz (de|entre) {protein} y {protein2}",
            "que residuos forman la interfaz entre {protein} y {protein2}",
            "(predice|muestra) los residuos de contacto (de|entre) {protein} y {protein2}",
            "interfaz {protein} {protein2}",
        ),
        code=_PPI
        + _PPI_PAIR
        + _NOTE
        + _PPI_CALL
        + "print(interaction.interface_residues_a, interaction.interface_residues_b)\n",
        weight=0.7,
    ),
    Recipe(
        "protein_network",
        says=(
            "(build|screen|make|predict) (a|the) [ppi|protein|protein-protein|protein interaction] network (of|for|from) {peptides} [{cut}]",
            "which of {peptides} interact [with each other] [{cut}]",
            "(screen|test|check) all pairs of {peptides} for interactions [{cut}]",
            "ppi network {peptides} [{cut}]",
            "all interactions among {peptides} [{cut}]",
            "i have (several|some|these) proteins , {peptides} , and (want|need) their interaction network [{cut}]",
            "pairwise interactions (of|between|among) {peptides} [{cut}]",
            "interaction (graph|network) (of|for) {peptides} [{cut}]",
            "protein interaction screen of {peptides} [{cut}]",
            "who binds whom among {peptides} [{cut}]",
            "find (interacting|binding) pairs (in|among) {peptides} [{cut}]",
        ),
        says_es=(
            "(construye|haz|predice) (una|la) red de interacciones (de|entre) {peptides} [{cut}]",
            "red de interaccion de proteinas {peptides} [{cut}]",
            "cuales de {peptides} interactuan [{cut}]",
            "(prueba|revisa) todos los pares de {peptides} [en busca de interacciones] [{cut}]",
        ),
        code="from bioql.proteomics import screen_ppi_network\n\nnetwork = screen_ppi_network([<<peptides>>]<<cut>>)\nprint(network.edges(data=True))\n",
        slots={"peptides": peptides, "cut": affinity_cut},
        defaults={"cut": ""},
    ),
    Recipe(
        "secondary_structure",
        says=(
            "(predict|show|get|estimate|work out) [the] secondary structure (of|for) {protein}",
            "secondary structure {protein}",
            "(helices, sheets and coils|helix, sheet and coil positions|helices and sheets) (of|in) {protein}",
            "what is the secondary structure of {protein}",
            "where are the helices and [the] sheets (in|of) {protein}",
            "(assign|predict) (helix/sheet/coil|alpha and beta regions) (for|in|of) {protein}",
            "2d structure [prediction] of the protein {protein}",
            "i have the sequence {protein} and want its secondary structure",
            "(alpha helix and beta sheet|helix and strand) prediction for {protein}",
            "sec struct {protein}",
            "secondary structure prediction for [the peptide] {protein}",
            "does {protein} form helices or sheets",
        ),
        says_es=(
            "(predice|calcula|muestra|dame) la estructura secundaria de {protein}",
            "estructura secundaria {protein}",
            "donde estan las helices y laminas de {protein}",
            "(prediccion|predicción) de estructura secundaria (de|para) {protein}",
            "que estructura secundaria tiene {protein}",
        ),
        code=f'from bioql.proteomics import predict_secondary_structure\n\n{_NOTE}structure = predict_secondary_structure("<<protein>>")\nprint(structure)\n',
        weight=1.5,
    ),
    Recipe(
        "secondary_part",
        says=(
            "{part} (positions|residues|region) (of|in) {protein}",
            "(which|what) residues of {protein} (are|are in a|form a) {part}",
            "(predict|find|list|show) [only] the {part} (positions|residues) (of|in) {protein}",
            "{part} {protein}",
            "where is the {part} [part|region] (in|of) {protein}",
            "secondary structure of {protein} , {part} only",
            "(print|give me) the {part} part of {protein}",
            "i (need|want) the {part} positions of {protein}",
            "at which positions does {protein} have {part} structure",
            "only the {part} residues from the secondary structure of {protein}",
        ),
        says_es=(
            "(posiciones|residuos) de {part} (en|de) {protein}",
            "(que|cuales) residuos de {protein} estan en {part}",
            "donde esta la {part} de {protein}",
            "estructura secundaria de {protein} , solo {part}",
        ),
        code=f'from bioql.proteomics import predict_secondary_structure\n\n{_NOTE}structure = predict_secondary_structure("<<protein>>")\nprint(structure["<<part>>"])\n',
        slots={"part": _PART},
        weight=0.5,
    ),
    Recipe(
        "structure_3d",
        says=(
            "(predict|compute|get|model) [the] (3d|3D|tertiary|three dimensional) structure (of|for) {protein}",
            "(3d|3D|tertiary) structure {protein}",
            "fold [the sequence] {protein} (into|in) (3d|3D|a 3d structure)",
            "plddt (of|for) {protein}",
            "how confident is the (3d|3D) structure (prediction|model) (of|for) {protein}",
            "(what is|what's|show) the (3d|3D) (shape|fold|structure) of {protein}",
            "structure prediction for [the (sequence|protein)] {protein}",
            "i have [the sequence] {protein} and (need|want) a (3d|3D) (model|structure)",
            "(predict|model) how {protein} folds in (3d|3D|space)",
            "alphafold like (prediction|model) (of|for) {protein}",
            "(3d|3D) model of {protein}",
        ),
        says_es=(
            "(predice|calcula|modela) la estructura (3d|3D|tridimensional|terciaria) de {protein}",
            "estructura (3d|3D|tridimensional) {protein}",
            "tengo la secuencia {protein} y quiero su estructura (3d|3D)",
            "plddt de {protein}",
            "prediccion de estructura (3d|terciaria) de {protein}",
        ),
        code=f'from bioql.proteomics import predict_3d_structure\n\n{_NOTE}structure = predict_3d_structure("<<protein>>")\nprint(structure.plddt, structure.coordinates.shape)\n',
        weight=1.2,
    ),
    Recipe(
        "structure_coordinates",
        says=(
            "(3d|3D) coordinates (of|for) [the residues of] {protein}",
            "(predict|compute|print|get) [the] [3d] coordinates of (every|each) residue (of|in) {protein}",
            "xyz coordinates of {protein}",
            "coordinates {protein}",
            "(predict|model) the 3d structure of {protein} and (print|show) the coordinates",
            "where in space are the residues of {protein}",
            "i (need|want) the (xyz|3d) coordinates of the peptide {protein}",
            "residue coordinates (of|for) {protein}",
            "atom positions of the predicted {protein} structure",
        ),
        says_es=(
            "coordenadas (3d|3D) de {protein}",
            "(predice|imprime|dame) las coordenadas de [los residuos de] {protein}",
            "predice la estructura 3d de {protein} y muestra las coordenadas",
        ),
        code=f'from bioql.proteomics import predict_3d_structure\n\n{_NOTE}structure = predict_3d_structure("<<protein>>")\nprint(structure.coordinates)\n',
        weight=0.4,
    ),
    Recipe(
        "structure_to_pdb",
        says=(
            "(save|write|export) [the] [predicted] (structure|3d structure) of {protein} (to|as|in) {pdb_file}",
            "(predict|model) [the] [3d] structure of {protein} and (save|write|export|store) it (to|as|in) {pdb_file}",
            "{pdb_file} with the [3d|predicted] structure of {protein}",
            "(make|create|generate) {pdb_file} (from|for) [the (sequence|protein)] {protein}",
            "fold {protein} into {pdb_file}",
            "3d structure {protein} to {pdb_file}",
            "i (need|want) a pdb [file] {pdb_file} for {protein}",
            "pdb of [the sequence] {protein} in {pdb_file}",
            "put the predicted fold of {protein} in {pdb_file}",
        ),
        says_es=(
            "(guarda|escribe|exporta) la estructura [3d] de {protein} en {pdb_file}",
            "(predice|modela) la estructura de {protein} y (guardala|guárdala) (en|como) {pdb_file}",
            "{pdb_file} con la estructura de {protein}",
        ),
        code=f'from pathlib import Path\n\nfrom bioql.proteomics import predict_3d_structure\n\n{_NOTE}structure = predict_3d_structure("<<protein>>")\nPath("<<pdb_file>>").write_text(structure.pdb_str)\n',
        weight=0.7,
    ),
    Recipe(
        "mass_spectrum",
        says=(
            "(analyze|analyse|process|interpret) [the] (mass spectrum|ms spectrum|ms data|mass spec [data]) (in|from) {spectrum}",
            "which peptides are in [the (mass spectrum|spectrum)] {spectrum}",
            "mass spectrum {spectrum}",
            "(mass spec|ms|msms) analysis (of|for|with) {spectrum}",
            "(peptides|peptide hits) (from|in) the (mass spectrum|ms data|spectrum) [file] {spectrum}",
            "(load|read|open) {spectrum} and analyze the mass spectrum",
            "i have a mass spectrum in {spectrum} , (analyze it|what is in it)",
            "my (ms run|mass spec run|spectrum) is {spectrum} , analyze it",
            "analyze mass spec {spectrum}",
            "what does the (mass spectrum|ms spectrum) {spectrum} (contain|show)",
            "list [the] peptides with [their] mass and score from the spectrum {spectrum}",
        ),
        says_es=(
            "(analiza|interpreta|procesa) el espectro de masas (de|en) {spectrum}",
            "que peptidos hay en el espectro {spectrum}",
            "espectro de masas {spectrum}",
            "tengo un espectro de masas en {spectrum} , analizalo",
            "(analisis|análisis) de (espectrometria|espectrometría) de masas de {spectrum}",
        ),
        code=_SPECTRUM.format("analyze_mass_spectrum")
        + _NOTE
        + "analysis = analyze_mass_spectrum(spectrum)\nfor hit in analysis.identified_peptides:\n    print(hit.sequence, hit.mass, hit.charge, hit.score)\n",
        slots={"spectrum": _SPECTRUM_FILE},
    ),
    Recipe(
        "mass_spectrum_count",
        says=(
            "how many peptides (are in|does) [the (mass spectrum|spectrum)] {spectrum} [contain]",
            "(count|number of) [identified] peptides in [the mass spectrum] {spectrum}",
            "number of peptides and confidence (of|for|from) the (mass spectrum|spectrum) {spectrum}",
            "(count|print how many) peptides (identified|found) in {spectrum}",
            "peptide count {spectrum}",
            "analyze the mass spectrum {spectrum} and (print|show) the number of peptides",
            "total peptides in the ms data {spectrum}",
            "{spectrum} : how many peptides and how sure",
            "i want the peptide count of {spectrum}",
        ),
        says_es=(
            "cuantos peptidos hay en [el espectro] {spectrum}",
            "numero de peptidos (identificados|encontrados) en {spectrum}",
            "cuenta los peptidos del espectro de masas {spectrum}",
        ),
        code=_SPECTRUM.format("analyze_mass_spectrum")
        + _NOTE
        + "analysis = analyze_mass_spectrum(spectrum)\nprint(analysis.total_peptides, analysis.confidence)\n",
        slots={"spectrum": _SPECTRUM_FILE},
        weight=0.4,
    ),
    Recipe(
        "mass_spectrum_sequence",
        says=(
            "(match|compare|check) [the] (mass spectrum|spectrum) {spectrum} (to|against|with) [the (sequence|protein)] {protein}",
            "analyze [the mass spectrum] {spectrum} (for|against|with) [the (sequence|protein)] {protein}",
            "does the (mass spectrum|spectrum) {spectrum} (fit|match|come from) {protein}",
            "(peptides|peptide hits) of {protein} in the (mass spectrum|spectrum) {spectrum}",
            "mass spec {spectrum} expected sequence {protein}",
            "i expect {protein} in my (mass spectrum|spectrum) {spectrum}",
            "{spectrum} is a (mass spectrum|spectrum) of {protein} , (analyze it|find the peptides)",
            "which peptides of {protein} (are|show up) in {spectrum}",
            "identify peptides of {protein} from the mass spectrum {spectrum}",
        ),
        says_es=(
            "(compara|analiza) el espectro [de masas] {spectrum} con [la secuencia] {protein}",
            "que peptidos de {protein} hay en el espectro {spectrum}",
            "el espectro {spectrum} corresponde a {protein}",
        ),
        code=_SPECTRUM.format("analyze_mass_spectrum")
        + _NOTE
        + 'analysis = analyze_mass_spectrum(spectrum, sequence="<<protein>>")\nfor hit in analysis.identified_peptides:\n    print(hit.sequence, hit.mass, hit.charge, hit.score)\n',
        slots={"spectrum": _SPECTRUM_FILE},
        weight=0.4,
    ),
    Recipe(
        "identify_peptides",
        says=(
            "(identify|search) [the] peptides (in|of|from) [the spectrum] {spectrum} (in|against|with|using) [the] {database} [database]",
            "search [the] [mass] spectrum {spectrum} (in|against) {database}",
            "(peptide identification|peptide search|database search) (of|for) {spectrum} (in|against|with) {database}",
            "match {spectrum} (to|against) {database} [peptides|proteins]",
            "{spectrum} against {database}",
            "look [the spectrum] {spectrum} up in {database}",
            "identify_peptides {spectrum} {database}",
            "which {database} peptides (explain|match|fit) [the spectrum] {spectrum}",
            "i want to search {spectrum} against {database}",
            "run a {database} search (on|for|with) the mass spectrum {spectrum}",
        ),
        says_es=(
            "(identifica|busca) los peptidos de {spectrum} en {database}",
            "busca el espectro {spectrum} en {database}",
            "identificacion de peptidos de {spectrum} (contra|con) {database}",
        ),
        code=_SPECTRUM.format("identify_peptides")
        + _NOTE
        + 'peptides = identify_peptides(spectrum, database="<<database>>")\nprint(peptides)\n',
        slots={"spectrum": _SPECTRUM_FILE, "database": _DATABASES},
        weight=0.6,
    ),
)
