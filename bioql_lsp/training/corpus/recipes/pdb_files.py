# ruff: noqa: E501
"""Recipes on finding and downloading protein structures of the PDB."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, option
from bioql_lsp.training.corpus.slots import integer, open_word

_PROTEIN_NAME: Final = open_word(
    "EGFR kinase", "hemoglobin", "insulin receptor", "p53", "AMPK kinase", "myoglobin", "BRAF",
    "human serum albumin", "lysozyme", "thrombin", "carbonic anhydrase", "HIV protease", "CDK2",
    "estrogen receptor", "spike protein", "beta lactamase", "caspase 3", "KRAS", "JAK2", "mTOR",
    "acetylcholinesterase", "trypsin", "DNA gyrase", "PARP1", "hexokinase", "ubiquitin", "calmodulin",
    "green fluorescent protein", "dopamine receptor", "ACE2", "neuraminidase", "aromatase", "renin",
)  # fmt: skip
_UNIPROT: Final = open_word(
    "P00533", "P04637", "P68871", "P01308", "P00918", "P61626", "P00734", "P24941", "P15056",
    "P01116", "P03372", "P02768", "P42336", "P35354", "P22303", "P27487", "Q9BYF1", "O60674",
    "P00374", "P31749", "P11362", "Q13131", "P43220", "P08581", "P10721", "P00519", "P07550",
)  # fmt: skip
_FIELD: Final = option(
    ("title", "title", "titulo"),
    ("resolution", "resolution", "resolucion"),
    ("method", "(experimental method|method)", "metodo experimental"),
    ("organism", "(organism|source organism|species)", "organismo"),
    ("release_date", "release date", "fecha de publicacion"),
    ("protein_name", "protein name", "nombre de la proteina"),
    ("gene_name", "gene name", "nombre del gen"),
)

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "pdb_download",
        (
            "(download|fetch|get) [the] (structure|PDB file|pdb|protein structure) [of] {target} [from rcsb|from the PDB]",
            "(download|fetch) {target}",
            "{target} pdb file download",
            "(save|store) the structure of {target} [on disk|locally|to disk]",
            "I need the pdb file (of|for) {target}",
            "use download_pdb for {target}",
            "pull {target} from (rcsb|the pdb|the protein data bank)",
            "get me the coordinates file of {target} [from rcsb]",
            "structure file of {target} from rcsb",
            "can you download {target} [from the pdb][?]",
            "grab [the structure of] {target}",
        ),
        (
            "(descarga|baja|obten) [la estructura [de]] {target}",
            "(descarga|baja) el [archivo] pdb de {target}",
            "necesito el archivo pdb de {target}",
            "(trae|consigue) {target} del (PDB|banco de datos de proteinas)",
            "descargar {target}",
        ),
        """from bioql.molecular_utils import download_pdb

download = download_pdb("<<target>>")
print(download["file_path"] if download["success"] else download["error"])
""",
        weight=1.5,
    ),
    Recipe(
        "pdb_download_folder",
        (
            "(download|fetch|get|save) [the structure of] {target} (to|into|in) [the] (folder|directory) {folder}",
            "(download|put|store) {target} (in|into|under) [the] {folder} (folder|directory)",
            "pdb file of {target} into the directory {folder}",
            "use download_pdb for {target} with output_dir {folder}",
            "{target} structure, save in folder {folder}",
            "I want {target} downloaded to [the] folder {folder}",
            "directory {folder}: download {target} there",
            "fetch {target} from rcsb, output folder {folder}",
            "grab {target} and keep it in the folder {folder}",
            "pull {target} into directory {folder}",
            "store the pdb file of {target} in [the] folder {folder}",
            "the structure of {target} should end up in [the] {folder} folder, download it",
            "rcsb download of {target} to folder {folder}",
            "folder {folder} needs the pdb of {target}",
            "write the pdb of {target} below the folder {folder}",
            "structure {target}, target folder {folder}",
            "mkdir {folder} and download {target} into it",
            "pdb {target} in [the] directory {folder}, please",
            "keep {target} under [the] folder {folder}, get it from rcsb",
            "download {target}, folder {folder}",
            "download {target}, directory {folder}",
        ),
        (
            "(descarga|guarda|baja) {target} en (la carpeta|el directorio) {folder}",
            "archivo pdb de {target} en la carpeta {folder}",
            "carpeta {folder}: descarga {target}",
            "quiero {target} en el directorio {folder}",
        ),
        """from bioql.molecular_utils import download_pdb

download = download_pdb("<<target>>", output_dir="<<folder>>")
print(download["file_path"] if download["success"] else download["error"])
""",
        slots={
            "folder": open_word(
                "pdbs",
                "structures",
                "data",
                "receptors",
                "proteins",
                "downloads",
                "input",
                "targets",
                "models",
                "files",
            )
        },
        weight=0.8,
    ),
    Recipe(
        "pdb_info",
        (
            "(what is|what's) [the structure|pdb entry] {pdb}[?]",
            "(show|get|print|give me) [the] (info|information|details|metadata) (of|on|about|for) {pdb}",
            "(info|details|metadata) (of|on|for) {pdb}",
            "(tell me about|describe) {pdb}",
            "use get_pdb_info (on|for) {pdb}",
            "what protein is {pdb}[?]",
            "title, resolution and method of {pdb}",
            "look up [the pdb entry] {pdb}",
            "which structure has the id {pdb}[?]",
            "{pdb} info",
            "pdb entry {pdb}: what is it[?]",
        ),
        (
            "que [estructura|proteina] es {pdb}[?]",
            "(dame|muestra) [la] informacion (de|sobre) {pdb}",
            "informacion de [la entrada] {pdb}",
            "describe [la estructura] {pdb}",
        ),
        """from bioql.molecular_utils import get_pdb_info

info = get_pdb_info("<<pdb>>")
for name, value in info.items():
    print(name, value)
""",
        weight=1.2,
    ),
    Recipe(
        "pdb_info_field",
        (
            "(what is|what's|whats) the {field} of {pdb}[?]",
            "{field} of {pdb}",
            "{pdb} {field}",
            "(print|show|get|give me) [only|just] [the] {field} (of|for) {pdb}",
            "look up the {field} (of|for) {pdb}",
            "I need the {field} of [the structure] {pdb}",
            "for {pdb}, (print|show) the {field}",
            "which {field} does {pdb} have[?]",
            "use get_pdb_info to print the {field} of {pdb}",
            "find [out] the {field} of {pdb}",
            "{field}: {pdb}",
        ),
        (
            "(cual|cuál) es (el|la) {field} de {pdb}[?]",
            "{field} de {pdb}",
            "(dame|muestra|imprime) (el|la) {field} de {pdb}",
            "necesito (el|la) {field} de {pdb}",
        ),
        """from bioql.molecular_utils import get_pdb_info

info = get_pdb_info("<<pdb>>")
print(info.get("<<field>>"))
""",
        slots={"field": _FIELD},
        weight=1.0,
    ),
    Recipe(
        "pdb_exists",
        (
            "does {pdb} exist [in the pdb][?]",
            "is {pdb} a (real|valid|existing) (pdb id|PDB entry|structure)[?]",
            "(check|test|tell me) (if|whether) {pdb} (exists|is in the PDB|is a real entry)",
            "is there a (structure|pdb entry) {pdb}[?]",
            "can {pdb} be found in (the PDB|rcsb)[?]",
            "{pdb} exists[?]",
            "verify the pdb id {pdb}",
            "is {pdb} in the protein data bank[?]",
            "check pdb id {pdb}",
            "did I get the pdb id right: {pdb}[?]",
        ),
        (
            "existe {pdb} [en el PDB][?]",
            "(comprueba|mira) si (existe {pdb}|{pdb} existe)",
            "es {pdb} un id de PDB valido[?]",
            "esta {pdb} en el PDB[?]",
        ),
        """from bioql.molecular_utils import get_pdb_info

info = get_pdb_info("<<pdb>>")
print(info["found"])
""",
        weight=0.6,
    ),
    Recipe(
        "pdb_search",
        (
            "(search|query) [the] (PDB|pdb|rcsb|protein data bank) for {protein_name}",
            "(find|list|get|show) [me] [pdb] (structures|pdb entries|crystal structures|PDB ids) (of|for) {protein_name}",
            "(which|what) (structures|pdb entries) (of|for) {protein_name} (are there|exist)[?]",
            "pdb ids (of|for) {protein_name}",
            "{protein_name} pdb structures",
            "are there [any] structures of {protein_name}[?]",
            "use search_pdb_rcsb for {protein_name}",
            "look for {protein_name} in (rcsb|the pdb)",
            "rcsb search {protein_name}",
            "I need a list of structures of {protein_name}",
            "(show|list) what the pdb has on {protein_name}",
        ),
        (
            "busca {protein_name} en (el PDB|rcsb|pdb)",
            "(encuentra|lista|muestra) [las] estructuras de {protein_name}",
            "que estructuras hay de {protein_name}[?]",
            "ids de PDB para {protein_name}",
            "estructuras pdb de {protein_name}",
        ),
        """from bioql.molecular_utils import search_pdb_rcsb

for entry in search_pdb_rcsb("<<protein_name>>"):
    print(entry["pdb_id"], entry["title"])
""",
        slots={"protein_name": _PROTEIN_NAME},
        weight=1.2,
    ),
    Recipe(
        "pdb_search_max",
        (
            "(search|query) the (PDB|pdb) for {protein_name}, (at most|max|up to) {n} (results|hits|entries)",
            "(find|list|show|get) [me] [the] [first|top] {n} [pdb] (structures|pdb entries) (of|for) {protein_name}",
            "{n} (structures|pdb ids|pdb entries) of {protein_name}",
            "use search_pdb_rcsb for {protein_name} with max_results {n}",
            "I want {n} structures of {protein_name}",
            "pdb search {protein_name}, {n} results",
            "give me {n} pdb hits for {protein_name}",
            "look for {protein_name} in rcsb, limit {n}",
            "up to {n} crystal structures of {protein_name}",
            "(no more than|only) {n} pdb entries for {protein_name}",
            "{protein_name} structures, {n} of them",
            "show {n} hits of a pdb search for {protein_name}",
        ),
        (
            "busca {protein_name} en el PDB, (maximo|hasta) {n} resultados",
            "(dame|lista|muestra) {n} estructuras de {protein_name}",
            "{n} entradas del PDB de {protein_name}",
            "las primeras {n} estructuras de {protein_name}",
        ),
        """from bioql.molecular_utils import search_pdb_rcsb

for entry in search_pdb_rcsb("<<protein_name>>", max_results=<<n>>):
    print(entry["pdb_id"], entry["title"])
""",
        slots={"protein_name": _PROTEIN_NAME, "n": integer(2, 30)},
        weight=0.7,
    ),
    Recipe(
        "pdb_best",
        (
            "(find|get|give me) the best [pdb] (structure|match|entry) (of|for) {protein_name}",
            "which pdb [structure|entry] should I use for {protein_name}[?]",
            "best pdb (id|structure|match) for {protein_name}",
            "use smart_pdb_search for {protein_name}",
            "(pick|choose|suggest) a [pdb] structure (of|for) {protein_name}",
            "one good structure of {protein_name}",
            "what is the pdb id (of|for) {protein_name}[?]",
            "pdb id of {protein_name}",
            "top pdb hit for {protein_name}",
            "I want to dock to {protein_name}, which pdb id[?]",
        ),
        (
            "(cual|cuál) es el mejor pdb (de|para) {protein_name}[?]",
            "mejor estructura de {protein_name}",
            "(elige|sugiere) una estructura (de|para) {protein_name}",
            "que pdb uso para {protein_name}[?]",
        ),
        """from bioql.molecular_utils import smart_pdb_search

search = smart_pdb_search("<<protein_name>>")
print(search.get("best_match"))
""",
        slots={"protein_name": _PROTEIN_NAME},
        weight=0.8,
    ),
    Recipe(
        "pdb_uniprot",
        (
            "(find|list|get|show) [the] [pdb] (structures|pdb entries|pdb ids) (of|for) [the] (uniprot|UniProt) [id|accession] {uniprot}",
            "(which|what) (structures|pdb entries) does (uniprot|UniProt) {uniprot} have[?]",
            "pdb ids for uniprot {uniprot}",
            "map uniprot {uniprot} to pdb",
            "uniprot {uniprot} structures",
            "search [the] pdb by uniprot [id] {uniprot}",
            "use search_pdb_by_uniprot for {uniprot}",
            "{uniprot} (uniprot|UniProt|accession) to pdb",
            "I have the uniprot accession {uniprot}, which pdb structures are there[?]",
            "structures of the protein with accession {uniprot}",
        ),
        (
            "estructuras (pdb|) de uniprot {uniprot}",
            "(busca|lista|muestra) las estructuras de[l] [id de] uniprot {uniprot}",
            "que pdb tiene [el] uniprot {uniprot}[?]",
            "pasa uniprot {uniprot} a pdb",
        ),
        """from bioql.molecular_utils import search_pdb_by_uniprot

for entry in search_pdb_by_uniprot("<<uniprot>>"):
    print(entry["pdb_id"], entry["title"])
""",
        slots={"uniprot": _UNIPROT},
        weight=0.8,
    ),
    Recipe(
        "ligand_and_receptor_check",
        (
            "(check|validate|verify) [the] ligand {molecule} and [the] receptor {pdb}",
            "(check|validate|verify) [the] docking inputs {molecule} and {pdb}",
            "are {molecule} and {pdb} (valid|usable|good) [docking inputs|for docking][?]",
            "(process|resolve) [the] inputs: ligand {molecule}, receptor {pdb}",
            "use process_molecular_inputs with {molecule} and {pdb}",
            "before docking, check [that] {molecule} and {pdb} [are fine]",
            "input check for docking {molecule} [in]to {pdb}",
            "is the ligand {molecule} ok and does receptor {pdb} exist[?]",
            "sanity check ligand {molecule}, receptor {pdb}",
            "validate both: {molecule} as ligand, {pdb} as receptor",
        ),
        (
            "(comprueba|valida|verifica) el ligando {molecule} y el receptor {pdb}",
            "son validos {molecule} y {pdb} para docking[?]",
            "valida las entradas de docking {molecule} y {pdb}",
            "antes del docking, revisa {molecule} y {pdb}",
        ),
        """from bioql.molecular_utils import process_molecular_inputs

inputs = process_molecular_inputs(
    ligand="ligand",
    receptor="receptor",
    ligand_smiles="<<molecule>>",
    receptor_pdb="<<pdb>>",
)
print(inputs["ligand"]["valid"], inputs["receptor"]["info"]["found"])
""",
        weight=0.5,
    ),
)
