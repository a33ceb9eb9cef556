# ruff: noqa: E501
"""Recipes that run a program and save or plot its counts."""

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe
from bioql_lsp.training.corpus.recipes.programs import result_run
from bioql_lsp.training.corpus.slots import file_name

_PLOT: Final = (
    "plt.bar(list(result.counts), list(result.counts.values()))\n"
    'plt.xlabel("state")\n'
    'plt.ylabel("count")\n'
)

RECIPES: Final[tuple[Recipe, ...]] = (
    result_run(
        "save_json",
        says=(
            "(run|execute|do) {sentence} and (save|write|store|dump) the (counts|results) (to|in|as) {json}",
            "(save|write|store|export) the counts of {sentence} (to|in|into|as) {json}",
            "{sentence}, (save|write|output) [counts] to {json}",
            "{json} with the counts of {sentence}",
            "(dump|export) {sentence} counts as json [to|into] {json}",
            "{sentence} and (store|keep|put) the (result|counts) in {json}",
            "(i want|i need) the counts of {sentence} in [a json file called] {json}",
            "(put|store) the (results|measurement results) of {sentence} (in|into) {json}",
            "json file {json} with the results of {sentence}",
            "(how do i|how to) (save|write) the counts of {sentence} to {json}",
            "(create|make|produce) {json} from (running |){sentence}",
            "{sentence} > {json}",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} y (guarda|escribe) los (conteos|resultados) en {json}",
            "(guarda|exporta) los conteos de {sentence} (en|a) {json}",
            "{sentence} y (guardalo|guarda todo) en {json}",
            "{json} con los conteos de {sentence}",
        ),
        std=("import json", "from pathlib import Path"),
        tail='Path("<<json>>").write_text(json.dumps(result.counts, indent=2))\n',
        weight=1.5,
    ),
    result_run(
        "save_csv",
        says=(
            "(run|execute|do) {sentence} and (save|write|store|export) the (counts|results) (to|in|as) {csv}",
            "(save|write|store|export) the counts of {sentence} (to|in|into|as) {csv}",
            "{sentence}, (save|write|output) [counts] to {csv}",
            "{csv} with the counts of {sentence}",
            "(dump|export) {sentence} counts as csv [to|into] {csv}",
            "{sentence} and (store|keep|put) the (result|counts) in {csv}",
            "(i want|i need) the counts of {sentence} in [a csv file called|a spreadsheet] {csv}",
            "(put|store) the (results|measurement results) of {sentence} (in|into) {csv}",
            "(csv|table) {csv} with states and counts of {sentence}",
            "(how do i|how to) (save|write) the counts of {sentence} to {csv}",
            "(create|make|produce) {csv} from (running |){sentence}",
            "{sentence} > {csv}",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} y (guarda|escribe) los (conteos|resultados) en {csv}",
            "(guarda|exporta) los conteos de {sentence} (en|a) {csv}",
            "{sentence} y (guardalo|guarda todo) en {csv}",
            "{csv} con los conteos de {sentence}",
        ),
        std=("import csv",),
        tail='with open("<<csv>>", "w", newline="") as file:\n    writer = csv.writer(file)\n    writer.writerow(["state", "count"])\n    writer.writerows(result.counts.items())\n',
        weight=1.5,
    ),
    result_run(
        "save_text",
        says=(
            "(run|execute|do) {sentence} and (save|write) the (counts|results) (to|in) {txt}",
            "(save|write|store) the counts of {sentence} (to|in|into) {txt}",
            "{sentence}, (save|write|output) to {txt}",
            "{txt} with the (counts|results) of {sentence}",
            "text file {txt} with the (counts|results) of {sentence}",
            "{sentence} and (store|keep|put) the result in {txt}",
            "(i want|i need) the results of {sentence} in [a text file called] {txt}",
            "(put|log|note) the results of {sentence} (in|into|to) {txt}",
            "(how do i|how to) write the counts of {sentence} to {txt}",
            "(create|make|produce) {txt} from (running |){sentence}",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} y (guarda|escribe) los (conteos|resultados) en {txt}",
            "(guarda|exporta) los conteos de {sentence} (en|a) {txt}",
            "fichero de texto {txt} con los conteos de {sentence}",
            "{txt} con los resultados de {sentence}",
        ),
        std=("from pathlib import Path",),
        tail='Path("<<txt>>").write_text("\\n".join(f"{s} {n}" for s, n in result.counts.items()))\n',
        slots={"txt": file_name("txt")},
        weight=0.5,
    ),
    result_run(
        "save_all_run",
        says=(
            "(run|execute|do) {sentence} and (save|write|dump) the (whole|full|complete|entire) result to {json}",
            "(save|dump|store) everything (about|from|of) {sentence} (to|in) {json}",
            "(whole|full|complete) result of {sentence} (as|in) {json}",
            "{sentence}, (full|complete|whole) result to {json}",
            "(save|write) counts and metadata of {sentence} to {json}",
            "{json} with counts and metadata of {sentence}",
            "(archive|record) the (full|complete) run of {sentence} (in|as) {json}",
            "(serialize|export) the (whole|entire) result of {sentence} to {json}",
            "(keep|store) all fields of the result of {sentence} in {json}",
            "everything that {sentence} returns, in {json}",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} y (guarda|escribe) (todo el resultado|el resultado completo) en {json}",
            "(guarda|exporta) (todo|el resultado completo) de {sentence} en {json}",
            "resultado completo de {sentence} en {json}",
            "(guarda|escribe) conteos y metadatos de {sentence} en {json}",
        ),
        std=("import json", "from dataclasses import asdict", "from pathlib import Path"),
        tail='Path("<<json>>").write_text(json.dumps(asdict(result), indent=2, default=str))\n',
        weight=0.6,
    ),
    result_run(
        "data_frame",
        says=(
            "(run|execute|do) {sentence} and put the counts in a (pandas|) (dataframe|data frame|DataFrame)",
            "(dataframe|pandas dataframe|pandas table) (of|with) the counts of {sentence}",
            "{sentence} as a (pandas|) (dataframe|data frame)",
            "(load|get|turn) the counts of {sentence} (into|in) pandas",
            "{sentence}, counts (as|in) a (pandas table|dataframe)",
            "(i want|give me) a dataframe (of|with) the results of {sentence}",
            "pandas (series|table) of states and counts for {sentence}",
            "(convert|make) the result of {sentence} (to|into) a dataframe",
            "(how do i|how to) get the counts of {sentence} in pandas",
            "tabulate the counts of {sentence} (with|using) pandas",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} y (pon|mete) los conteos en un dataframe",
            "dataframe [de pandas] con los conteos de {sentence}",
            "{sentence} (como|en) un dataframe",
            "(tabla|dataframe) de pandas de {sentence}",
        ),
        third=("import pandas as pd",),
        tail='table = pd.DataFrame(result.counts.items(), columns=["state", "count"])\nprint(table)\n',
        weight=0.7,
    ),
    result_run(
        "plot_counts",
        says=(
            "(run|execute|do) {sentence} and (plot|chart|graph) the (counts|results) [as a bar chart]",
            "(plot|draw|show) a (bar chart|bar plot|bar graph|histogram) of {sentence}",
            "(bar chart|bar plot|histogram|plot) of [the counts of] {sentence}",
            "{sentence}, (plot|chart) the counts",
            "(plot|visualize|visualise|graph) the (counts|results|outcomes) of {sentence}",
            "{sentence} (with|and) a (bar chart|histogram|plot) [of the counts]",
            "(i want|i need|make) a (plot|histogram|chart) of the (counts|results) of {sentence}",
            "(how do i|how to) plot the (counts|results) of {sentence}",
            "matplotlib (bar chart|plot) of {sentence}",
            "(see|show) the counts of {sentence} (as|in) a (chart|plot|histogram)",
            "counts histogram {sentence}",
            "(visual|graphical) (result|distribution) of {sentence}",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} y (grafica|dibuja) los (conteos|resultados)",
            "(grafico|histograma|grafica) de [barras de] {sentence}",
            "(grafica|dibuja) los conteos de {sentence}",
            "{sentence} con un (histograma|grafico de barras)",
        ),
        third=("import matplotlib.pyplot as plt",),
        tail=_PLOT + "plt.show()\n",
        weight=1.3,
    ),
    result_run(
        "plot_file",
        says=(
            "(run|execute|do) {sentence} and (save|write) a (bar chart|plot|histogram|figure) [of the counts] (to|as|in) {png}",
            "(plot|chart) the counts of {sentence} (to|into|in) {png}",
            "(bar chart|histogram|plot) of {sentence} (saved as|in|as) {png}",
            "{sentence}, (plot|chart|histogram) to {png}",
            "{png} with (a bar chart|a histogram|the counts) of {sentence}",
            "(save|store|export) the (plot|histogram|chart|figure) of {sentence} (to|as|in) {png}",
            "(i want|i need|make|create) {png} with the (plot|histogram|bar chart) of {sentence}",
            "(draw|plot) {sentence} counts and save [the figure|it] as {png}",
            "image {png} (of|with) the (counts|results) of {sentence}",
            "(how do i|how to) save a plot of {sentence} as {png}",
            "{sentence} bar chart {png}",
        ),
        says_es=(
            "(ejecuta|corre) {sentence} y guarda (el grafico|el histograma|la figura) en {png}",
            "(grafica|dibuja) los conteos de {sentence} en {png}",
            "(histograma|grafico) de {sentence} (en|como) {png}",
            "{png} con el (histograma|grafico) de {sentence}",
        ),
        third=("import matplotlib.pyplot as plt",),
        tail=_PLOT + 'plt.savefig("<<png>>")\n',
        weight=1.2,
    ),
)
