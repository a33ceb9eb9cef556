# ruff: noqa: E501
"""Recipes on guides in files: reading, ranking and writing them."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe
from bioql_lsp.training.corpus.recipes.crispr import SHOTS_ARG, argument, each, quoted
from bioql_lsp.training.corpus.slots import file_name, integer, open_word

_FASTA: Final = file_name("fasta", "sgrnas", "grnas", "sequences", "crispr_library")
_CSV: Final = file_name("csv", "sgrnas", "grnas", "my_guides", "crispr_library", "guide_list")
_OUT: Final = file_name("csv", "ranked", "ranking", "scores", "best_guides", "scored")
_JSON: Final = file_name("json", "ranked", "ranking", "scores", "best_guides", "scored")
_COLUMN: Final = argument(
    "sequence_column",
    quoted(open_word("seq", "guide", "sgrna", "grna", "spacer", "guide_seq", "target",
        "protospacer", "guide_sequence", "sgRNA_seq")),
    "(from column {v}|in column {v}|, column {v}|, sequences in the {v} column|using the {v} column)",
    "(de la columna {v}|en la columna {v}|, columna {v}|, secuencias en la columna {v})",
)  # fmt: skip


_RANK: Final = 'rank_guides_batch([guide["sequence"] for guide in guides]<<shots>>)'
_SLOTS: Final = {"csv": _CSV, "out": _OUT, "json": _JSON, "column": _COLUMN, "shots": SHOTS_ARG}
_DEFAULTS: Final = {"column": "", "shots": ""}

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "guides_csv_load",
        says=each(
            " [{column}]",
            "(load|read|open|import) [the|my] (guides|grnas|sgrnas|guide rnas) (from|in) {csv}",
            "(load|read) {csv} (as|with|containing) [crispr] (guides|sgrnas)",
            "(print|show|list) the (guides|sgrnas) in {csv}",
            "what (guides|sgrnas) are in {csv}",
            "my guides are in {csv}, (load|read|print) them",
            "how do i (read|load) guides from {csv}",
            "guides from [the] [file] {csv}",
            "(get|parse) [the] guide sequences (from|of|in) [the csv] {csv}",
            "load_guides_csv {csv}",
            "i have a guide table {csv} and want (to load it|the sequences)",
            "csv of guides {csv}, (print|show) the sequences",
            "import a [crispr] guide library from {csv}",
        ),
        says_es=each(
            " [{column}]",
            "(carga|lee|importa) las guias (de|desde) {csv}",
            "(muestra|lista|imprime) las guias de {csv}",
            "que guias hay en {csv}",
            "mis guías están en {csv}, (cárgalas|léelas)",
        ),
        code="""from bioql import load_guides_csv

guides = load_guides_csv("<<csv>>"<<column>>)
for guide in guides:
    print(guide["sequence"])
""",
        slots=_SLOTS,
        defaults=_DEFAULTS,
    ),
    Recipe(
        "guides_csv_count",
        says=each(
            "",
            "how many (guides|sgrnas|grnas) are (there in|in) {csv}",
            "(count|number of) [the] (guides|sgrnas|grnas) in {csv}",
            "(load|read) {csv} and (count|tell me the number of) [the] guides",
            "{csv}: how many guides",
            "guide count (of|for) {csv}",
            "size of the guide library [in] {csv}",
            "how big is the guide library {csv}",
            "tell me how many guide rnas {csv} (has|holds|contains)",
            "number of crispr guides listed in {csv}",
        ),
        says_es=each(
            "",
            "cuantas guias (hay en|tiene) {csv}",
            "cuenta las guias de {csv}",
            "número de guías en {csv}",
        ),
        code="""from bioql import load_guides_csv

print(len(load_guides_csv("<<csv>>")))
""",
        slots=_SLOTS,
        weight=0.6,
    ),
    Recipe(
        "guide_file_ranking",
        says=each(
            " [{column}] [{shots}]",
            "rank [the|my|all] (guides|sgrnas|grnas) (in|from|of) {csv}",
            "(load|read) [the] guides from {csv} and rank them",
            "(load|read) {csv} and rank the guides",
            "guide ranking (of|for) [file] {csv}",
            "(order|sort|prioritize|compare) the guides (in|from) {csv}",
            "my guides are in {csv}, rank them",
            "i have a csv {csv} with guides and want a ranking",
            "{csv}: rank the guides",
            "score and rank (every guide|all guides|the sgrnas) in {csv}",
            "ranking of the guide library {csv}",
            "how do the guides in {csv} rank",
            "batch ranking of [the csv] {csv}",
        ),
        says_es=each(
            " [{column}] [{shots}]",
            "(ordena|clasifica|rankea) las guias de {csv}",
            "(carga|lee) {csv} y (ordena|clasifica) las guias",
            "ranking de las guías (de|en) {csv}",
            "mis guias estan en {csv}, (ordenalas|clasificalas)",
        ),
        code=f"""from bioql import load_guides_csv, rank_guides_batch

guides = load_guides_csv("<<csv>>"<<column>>)
for row in {_RANK}:
    print(row["rank"], row["guide_sequence"], row["composite_score"])
""",
        slots=_SLOTS,
        defaults=_DEFAULTS,
        weight=2.0,
    ),
    Recipe(
        "guides_csv_best",
        says=each(
            " [{column}] [{shots}]",
            "(which|what) is the best (guide|sgrna|grna) in {csv}",
            "best (guide|sgrna|grna) (in|from|of) {csv}",
            "(pick|choose|find|select) the best guide (in|from) {csv}",
            "which guide in {csv} (is best|scores highest|should i use)",
            "(load|read) {csv} and (give|show|tell) me the best guide",
            "top guide (of|from) [the library] {csv}",
            "{csv}: best guide",
            "i have guides in {csv}, which one is best",
            "highest scoring guide (of|in) {csv}",
            "only the best guide from {csv}",
            "winner of the guide list {csv}",
        ),
        says_es=each(
            " [{column}] [{shots}]",
            "(cual|que) es la mejor guia de {csv}",
            "mejor guia (de|en) {csv}",
            "(elige|escoge) la mejor guía de {csv}",
            "(carga|lee) {csv} y dime la mejor guia",
        ),
        code=f"""from bioql import load_guides_csv, rank_guides_batch

guides = load_guides_csv("<<csv>>"<<column>>)
best = {_RANK}[0]
print(best["guide_sequence"], best["composite_score"])
""",
        slots=_SLOTS,
        defaults=_DEFAULTS,
    ),
    Recipe(
        "guide_table_top",
        says=each(
            " [{column}] [{shots}]",
            "[the] top {n} (guides|sgrnas) (in|from|of) {csv}",
            "[the] best {n} (guides|sgrnas) (in|from|of) {csv}",
            "(show|give me|print|list) the {n} best (guides|sgrnas) (in|from|of) {csv}",
            "rank [the] guides in {csv} and (show|keep|print) the (top|best|first) {n}",
            "which {n} guides (in|from) {csv} are best",
            "(load|read) {csv} and (give|show) me the top {n} guides",
            "{csv}: top {n} guides",
            "i need the {n} highest scoring guides (of|from) {csv}",
            "shortlist {n} guides from {csv}",
            "pick {n} guides from {csv} by score",
            "select the best {n} sgrnas of my library {csv}",
        ),
        says_es=each(
            " [{column}] [{shots}]",
            "las {n} mejores guias de {csv}",
            "(muestra|dame) las {n} mejores guias (de|en) {csv}",
            "ordena las guías de {csv} y muestra las {n} primeras",
            "que {n} guias de {csv} son las mejores",
        ),
        code=f"""from bioql import load_guides_csv, rank_guides_batch

guides = load_guides_csv("<<csv>>"<<column>>)
ranked = {_RANK}
for row in ranked[:<<n>>]:
    print(row["rank"], row["guide_sequence"], row["composite_score"])
""",
        slots={**_SLOTS, "n": integer(2, 50)},
        defaults=_DEFAULTS,
    ),
    Recipe(
        "guides_csv_to_csv",
        says=each(
            " [{column}] [{shots}]",
            "rank [the] (guides|sgrnas|grnas) in {csv} and (save|write|export|store) [them|the result|the results] (to|in|into|as) {out}",
            "(load|read) [guides from] {csv}, rank [them] and (save|write) [to] {out}",
            "rank {csv} (into|to) {out}",
            "(load|take|read) the guides (from|in) {csv}, rank them, save (results|the ranking) (to|in) {out}",
            "from {csv} make a ranked guide list {out}",
            "guides in {csv}, ranking (to|into) {out}",
            "(save|write|export) the ranking of [the guides in] {csv} (to|as|in) {out}",
            "i have guides in {csv} and want the ranking (in|saved to) {out}",
            "{csv} -> rank guides -> {out}",
            "input {csv}, output {out}, rank the guides",
            "read guides {csv} and export ranked results to {out}",
            "produce {out} with the ranked guides of {csv}",
        ),
        says_es=each(
            " [{column}] [{shots}]",
            "(ordena|clasifica) las guias de {csv} y (guarda|exporta|escribe) [el resultado] en {out}",
            "(carga|lee) {csv}, ordena las guias y (guardalas|guarda) en {out}",
            "ranking de {csv} en {out}",
            "guarda en {out} el ranking de las guías de {csv}",
        ),
        code=f"""from bioql import load_guides_csv, rank_guides_batch, save_results_csv

guides = load_guides_csv("<<csv>>"<<column>>)
ranked = {_RANK}
save_results_csv(ranked, "<<out>>")
""",
        slots=_SLOTS,
        defaults=_DEFAULTS,
        weight=2.0,
    ),
    Recipe(
        "guides_csv_to_json",
        says=each(
            " [{column}] [{shots}]",
            "rank [the] (guides|sgrnas|grnas) in {csv} and (save|write|export) [them|the results] (to|as|in) {json}",
            "(load|read) [guides from] {csv}, rank [them] and (save|write) [to] {json}",
            "rank {csv} (into|to) {json}",
            "(save|write|export) the [guide] ranking of {csv} (to|as|in) {json}",
            "from {csv} make a ranked guide list {json}",
            "i have guides in {csv} and want the ranking (in|as) {json}",
            "{csv} -> rank guides -> {json}",
            "guides in {csv}, json ranking (in|to) {json}",
            "json output {json} of ranked guides from {csv}",
            "export ranked guides of {csv} to json file {json}",
            "produce {json} with the ranked guides of {csv}",
        ),
        says_es=each(
            " [{column}] [{shots}]",
            "(ordena|clasifica) las guias de {csv} y (guarda|exporta) [el resultado] en {json}",
            "(carga|lee) {csv}, ordena las guias y guarda en {json}",
            "ranking de las guías de {csv} en {json}",
            "exporta a {json} las guias ordenadas de {csv}",
        ),
        code=f"""from bioql import load_guides_csv, rank_guides_batch
from bioql.crispr_qai.io import save_results_json

guides = load_guides_csv("<<csv>>"<<column>>)
ranked = {_RANK}
save_results_json(ranked, "<<json>>")
""",
        slots=_SLOTS,
        defaults=_DEFAULTS,
    ),
    Recipe(
        "guides_rank_save",
        says=each(
            " [{shots}]",
            "rank [guides|sgrnas] {guides} and (save|write|export) [them|the result|the results] (to|in|as) {out}",
            "(save|write|export) the ranking of [guides] {guides} (to|in|as) {out}",
            "[guide] ranking of {guides} into {out}",
            "{guides}: rank and save as {out}",
            "(order|sort) [guides] {guides} and (write|save) {out}",
            "i want guides {guides} ranked and stored in {out}",
            "put the ranked guides {guides} into {out}",
            "write {out} with the ranking of {guides}",
            "save_results_csv {out} after ranking {guides}",
            "score guides {guides}, keep the ranking in {out}",
        ),
        says_es=each(
            " [{shots}]",
            "ordena las guias {guides} y (guarda|escribe) [el resultado] en {out}",
            "guarda en {out} el ranking de {guides}",
            "clasifica las guías {guides} y exporta a {out}",
            "ranking de {guides} en el archivo {out}",
        ),
        code="""from bioql import rank_guides_batch, save_results_csv

guides = [<<guides>>]
save_results_csv(rank_guides_batch(guides<<shots>>), "<<out>>")
""",
        slots=_SLOTS,
        defaults=_DEFAULTS,
    ),
    Recipe(
        "ranking_json_load",
        says=(
            "(load|read|open) [the] [guide] (results|ranking|scores) (from|in) {json}",
            "(load|read) [the] saved [guide] ranking {json}",
            "(show|print) the guide ranking (saved|stored) in {json}",
            "what guides are in the results [file] {json}",
            "guide results from [file] {json}",
            "load_results_json {json}",
            "i saved ranked guides in {json}, (show|print|load) them",
            "print the ranked guides of {json}",
            "open an earlier guide ranking [from] {json}",
            "crispr results file {json}, print rank and sequence",
        ),
        says_es=(
            "(carga|lee) los resultados [de guias] de {json}",
            "(muestra|imprime) el ranking guardado en {json}",
            "abre el ranking de guías {json}",
            "guarde guias en {json}, (muestralas|cargalas)",
        ),
        code="""from bioql.crispr_qai.io import load_results_json

for row in load_results_json("<<json>>"):
    print(row["rank"], row["guide_sequence"], row["composite_score"])
""",
        slots={"json": _JSON},
        weight=0.7,
    ),
    Recipe(
        "fasta_load",
        says=(
            "(load|read|open|parse) [the] [fasta] [file] {fasta}",
            "(load|read) [the] sequences (from|in|of) {fasta}",
            "(print|show|list) the (sequences|records) (in|of) {fasta}",
            "what sequences are in {fasta}",
            "sequences from {fasta}",
            "load_fasta {fasta}",
            "i have a fasta [file] {fasta} and want (its|the) (sequences|records)",
            "ids and sequences (of|in|from) {fasta}",
            "(get|give me) the records (of|from) {fasta}",
            "how do i read {fasta}",
            "{fasta}: show ids and sequences",
            "read dna from {fasta}",
        ),
        says_es=(
            "(carga|lee|abre) [el archivo|el fasta] {fasta}",
            "(muestra|lista) las secuencias de {fasta}",
            "que secuencias hay en {fasta}",
            "tengo un fasta {fasta} y quiero (leerlo|sus secuencias)",
        ),
        code="""from bioql.crispr_qai.io import load_fasta

for record in load_fasta("<<fasta>>"):
    print(record["id"], record["sequence"])
""",
        slots={"fasta": _FASTA},
    ),
    Recipe(
        "fasta_rank",
        says=each(
            " [{shots}]",
            "rank [the|my] (guides|sgrnas|grnas) (in|from|of) {fasta}",
            "(load|read) [the] guides from {fasta} and rank them",
            "(load|read) {fasta} and rank the guides",
            "guide ranking (of|for) [fasta] {fasta}",
            "(order|sort|compare) the guides (in|from) {fasta}",
            "my guides are in {fasta}, rank them",
            "{fasta}: rank the guides",
            "i have guides in a fasta file {fasta} and want a ranking",
            "score and rank every guide in {fasta}",
            "how do the guides in {fasta} rank",
            "batch_load_guides {fasta} then rank",
        ),
        says_es=each(
            " [{shots}]",
            "(ordena|clasifica) las guias de {fasta}",
            "(carga|lee) {fasta} y ordena las guias",
            "ranking de las guías de {fasta}",
            "mis guias estan en {fasta}, ordenalas",
        ),
        code="""from bioql import rank_guides_batch
from bioql.crispr_qai.io import batch_load_guides

guides = batch_load_guides("<<fasta>>")
for row in rank_guides_batch(guides<<shots>>):
    print(row["rank"], row["guide_sequence"], row["composite_score"])
""",
        slots={"fasta": _FASTA, "shots": SHOTS_ARG},
        defaults={"shots": ""},
        weight=0.8,
    ),
    Recipe(
        "fasta_save",
        says=(
            "(save|write|export|store) [the] (guides|sgrnas|sequences) {guides} (to|as|in|into) [fasta] {fasta}",
            "(make|create|write) [a] fasta [file] {fasta} (from|of|with|containing) [guides] {guides}",
            "{guides} (to|into|as) {fasta}",
            "put [the] guides {guides} (in|into) [the] fasta {fasta}",
            "i want {guides} in a fasta file {fasta}",
            "fasta {fasta} with the sequences {guides}",
            "save_fasta {fasta} with {guides}",
            "turn [the] guides {guides} into {fasta}",
            "export my sgrnas {guides} in fasta format, file {fasta}",
            "write these to {fasta}: {guides}",
        ),
        says_es=(
            "(guarda|escribe|exporta) las guias {guides} en {fasta}",
            "(crea|haz) un fasta {fasta} con {guides}",
            "pon las guías {guides} en {fasta}",
            "quiero {guides} en un archivo fasta {fasta}",
        ),
        code="""from bioql.crispr_qai.io import save_fasta

guides = [<<guides>>]
records = [{"id": f"guide_{i}", "sequence": guide} for i, guide in enumerate(guides, start=1)]
save_fasta(records, "<<fasta>>")
""",
        slots={"fasta": _FASTA},
        weight=0.8,
    ),
)
