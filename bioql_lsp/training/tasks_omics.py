"""Tasks on guides, proteins and metabolites."""

from __future__ import annotations

from random import Random

from bioql_lsp.training.pairs import Pair, TaskMaker, fill
from bioql_lsp.training.tables import GENES, METABOLITES, PTM_TYPES, guide, peptide


def crispr_score(rng: Random) -> Pair:
    """Score one guide in CRISPR mode, the only mode that runs on the built-in sampler."""
    bases = guide(rng)
    shots = rng.choice((100, 100, 200, 500, 1000))
    words = "" if shots == 100 else rng.choice((f"with {shots} shots", f"{shots} shots"))
    request = fill(
        rng,
        "score crispr guide {g} {s}",
        "score the guide RNA {g} {s}",
        "crispr mode on {g} {s}",
        "evaluate guide {g} with crispr mode {s}",
        g=bases,
        s=words,
    )
    code = (
        "import os\n\nfrom bioql import quantum\n\nresult = quantum(\n"
        f'    "Score CRISPR guide {bases}",\n    api_key=os.environ["BIOQL_API_KEY"],\n    '
        'backend="simulator",\n'
        f'    shots={shots},\n    mode="crispr",\n)\nif not result.success:\n    raise '
        "SystemExit(result.error_message)\n"
        'print(getattr(result, "energy_estimate", None), getattr(result, "confidence", None))\n'
    )
    return Pair(request, code, is_exact=True)


def crispr_rank(rng: Random) -> Pair:
    """Rank several guides."""
    guides = [guide(rng) for _ in range(rng.randint(2, 3))]
    request = fill(
        rng,
        "rank these guides: {g}",
        "rank guide RNAs {g}",
        "which crispr guide is best: {g}",
        g=", ".join(guides),
    )
    rows = "".join(f'    "{one}",\n' for one in guides)
    code = (
        f"from bioql import rank_guides_batch\n\nguides = [\n{rows}]\nfor row in "
        "rank_guides_batch(guides, shots=300):\n"
        '    print(row["rank"], row["guide_sequence"], row["composite_score"])\n'
    )
    return Pair(request, code, is_exact=True)


def crispr_energy(rng: Random) -> Pair:
    """Energy of one guide on the built-in sampler."""
    bases = guide(rng)
    shots = rng.choice((500, 1000, 2000))
    request = fill(
        rng,
        "energy collapse of guide {g} with {s} shots",
        "estimate the energy of guide {g}, {s} shots",
        "simulate the guide {g} offline with {s} shots",
        g=bases,
        s=shots,
    )
    code = (
        "from bioql import estimate_energy_collapse_simulator\n\n"
        f'estimate = estimate_energy_collapse_simulator("{bases}", shots={shots}, seed=42)\n'
        "print(estimate)\n"
    )
    return Pair(request, code, is_exact=True)


def crispr_phenotype(rng: Random) -> Pair:
    """Off-target risk of one guide."""
    bases = guide(rng)
    mismatches = rng.choice((2, 3, 3, 4))
    words = "" if mismatches == 3 else f"with at most {mismatches} mismatches"
    request = fill(
        rng,
        "off-target risk of guide {g} {m}",
        "infer off-target phenotype for {g} {m}",
        "crispr off targets of {g} {m}",
        g=bases,
        m=words,
    )
    code = (
        "from bioql import infer_offtarget_phenotype\n\nrisk = infer_offtarget_phenotype("
        f'"{bases}", max_mismatches={mismatches})\n'
        'print(risk["offtarget_risk"], risk["risk_score"])\n'
    )
    return Pair(request, code, is_exact=True)


def crispr_angles(rng: Random) -> Pair:
    """Encode a guide as angles."""
    bases = guide(rng)
    request = fill(
        rng, "encode guide {g} as angles", "turn the guide {g} into rotation angles", g=bases
    )
    code = (
        f'from bioql import guide_to_angles\n\nangles = guide_to_angles("{bases}", '
        "target_length=20)\nprint(angles)\n"
    )
    return Pair(request, code, is_exact=True)


def crispr_csv(rng: Random) -> Pair:
    """Guides from a file to a file."""
    source = rng.choice(("guides", "library", "sgrna", "candidates"))
    goal = rng.choice(("ranked", "results", "scores"))
    request = fill(
        rng,
        "load guides from {a}.csv, rank them and save to {b}.csv",
        "rank the guides in {a}.csv and write {b}.csv",
        a=source,
        b=goal,
    )
    code = (
        "from bioql import load_guides_csv, rank_guides_batch, save_results_csv\n\n"
        f'guides = load_guides_csv("{source}.csv", sequence_column="sequence")\n'
        'ranked = rank_guides_batch([row["sequence"] for row in guides], shots=300)\n'
        f'save_results_csv(ranked, "{goal}.csv")\nprint(len(ranked))\n'
    )
    return Pair(request, code)


def pam_sites(rng: Random) -> Pair:
    """PAM sites of a gene."""
    gene = rng.choice(GENES)
    request = fill(
        rng,
        "find NGG pam sites in {g}",
        "list PAM sites of {g}",
        "pam sites in the {g} gene",
        g=gene,
    )
    code = (
        "from bioql.crispr_qai import NCBIGeneFetcher\n\nfetcher = NCBIGeneFetcher("
        "use_ncbi_api=False)\n"
        f'gene = fetcher.fetch_gene("{gene}")\n'
        'sites = fetcher.find_pam_sites(gene["exons"], pam_pattern="NGG") if gene else []\n'
        "print(len(sites))\n"
    )
    return Pair(request, code)


def ptm(rng: Random) -> Pair:
    """Modification sites of a peptide."""
    sequence, kind, threshold = (
        peptide(rng),
        rng.choice(PTM_TYPES),
        rng.choice((0.5, 0.6, 0.6, 0.7, 0.8)),
    )
    words = "" if threshold == 0.6 else f"threshold {threshold}"
    request = fill(
        rng,
        "predict {k} sites in {s} {t}",
        "{k} sites of {s} {t}",
        "where is {s} modified by {k} {t}",
        k=kind,
        s=sequence,
        t=words,
    )
    code = (
        f'from bioql import predict_ptm_sites\n\nsites = predict_ptm_sites("{sequence}", '
        f'ptm_type="{kind}", threshold={threshold})\n'
        "print(sites.total_sites, [site.position for site in sites.sites])\n"
    )
    return Pair(request, code, is_exact=True)


def interaction(rng: Random) -> Pair:
    """Protein-protein interaction (partly a placeholder, which the code says)."""
    one, two = peptide(rng, 8), peptide(rng, 8)
    request = fill(
        rng,
        "do {a} and {b} interact",
        "protein interaction of {a} and {b}",
        "predict protein-protein interaction between {a} and {b}",
        a=one,
        b=two,
    )
    code = (
        "from bioql import predict_protein_protein_interaction\n\n"
        "# BioQL 7.0.1 draws the interface residues at random.\n"
        f'interaction = predict_protein_protein_interaction("{one}", "{two}")\n'
        "print(interaction.binding_affinity, interaction.interaction_type, "
        "interaction.confidence)\n"
    )
    return Pair(request, code, is_exact=True)


def metabolite(rng: Random) -> Pair:
    """Identify a metabolite by mass."""
    mass = round(rng.uniform(60, 400), 3)
    request = fill(
        rng,
        "identify the metabolite with mass {m}",
        "which metabolite has mass {m}",
        "metabolite of mass {m}",
        m=mass,
    )
    code = (
        f"from bioql import identify_metabolite\n\nmatch = identify_metabolite({mass}, "
        "tolerance=0.01)\n"
        "print(match.total_matches, match.matches)\n"
    )
    return Pair(request, code)


def pathway(rng: Random) -> Pair:
    """Pathway enrichment (a placeholder, which the code says)."""
    names = rng.sample(METABOLITES, 3)
    request = fill(
        rng,
        "pathway analysis of {n}",
        "which pathway has {n}",
        "pathway enrichment for {n}",
        n=", ".join(names),
    )
    code = (
        "from bioql import analyze_metabolic_pathway\n\n# BioQL 7.0.1 returns placeholder data "
        "here.\n"
        f'pathway = analyze_metabolic_pathway(["{names[0]}", "{names[1]}", "{names[2]}"])\n'
        "print(pathway.pathway_name, pathway.enrichment_pvalue)\n"
    )
    return Pair(request, code)


def flux(rng: Random) -> Pair:
    """Flux balance (a placeholder, which the code says)."""
    request = fill(
        rng,
        "flux balance analysis of e. coli core",
        "run fba on the e coli core model",
        "fba e_coli_core",
    )
    code = (
        "from bioql import perform_flux_balance_analysis\n\n# BioQL 7.0.1 returns placeholder "
        "data here.\n"
        'fba = perform_flux_balance_analysis("e_coli_core")\nprint(fba.objective_value, '
        "fba.fluxes)\n"
    )
    return Pair(request, code)


OMICS_TASKS: tuple[tuple[TaskMaker, float], ...] = (
    (crispr_score, 2),
    (crispr_rank, 1),
    (crispr_energy, 0.8),
    (crispr_phenotype, 0.8),
    (crispr_angles, 0.5),
    (crispr_csv, 0.6),
    (pam_sites, 0.6),
    (ptm, 1.2),
    (interaction, 0.6),
    (metabolite, 0.5),
    (pathway, 0.6),
    (flux, 0.3),
)
