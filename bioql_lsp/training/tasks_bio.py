"""Tasks on guides, proteins, omics, error correction, templates and bookkeeping."""

from __future__ import annotations

from random import Random

from bioql_lsp.training.pairs import Pair, TaskMaker, fill
from bioql_lsp.training.tables import GENES, METABOLITES, PTM_TYPES, bits, guide, peptide


def crispr_score(rng: Random) -> Pair:
    """Score one guide in CRISPR mode, the only mode that runs on the built-in sampler."""
    bases = guide(rng)
    shots = rng.choice((100, 100, 200, 500, 1000))
    words = "" if shots == 100 else rng.choice((f"with {shots} shots", f"{shots} shots"))
    request = fill(rng, "score crispr guide {g} {s}", "score the guide RNA {g} {s}", "crispr mode on {g} {s}",
                   "evaluate guide {g} with crispr mode {s}", g=bases, s=words)  # fmt: skip
    code = ("import os\n\nfrom bioql import quantum\n\nresult = quantum(\n"
            f'    "Score CRISPR guide {bases}",\n    api_key=os.environ["BIOQL_API_KEY"],\n    backend="simulator",\n'
            f'    shots={shots},\n    mode="crispr",\n)\nif not result.success:\n    raise SystemExit(result.error_message)\n'
            'print(getattr(result, "energy_estimate", None), getattr(result, "confidence", None))\n')  # fmt: skip
    return Pair(request, code, is_exact=True)


def crispr_rank(rng: Random) -> Pair:
    """Rank several guides."""
    guides = [guide(rng) for _ in range(rng.randint(2, 3))]
    request = fill(rng, "rank these guides: {g}", "rank guide RNAs {g}", "which crispr guide is best: {g}",
                   g=", ".join(guides))  # fmt: skip
    rows = "".join(f'    "{one}",\n' for one in guides)
    code = (f"from bioql import rank_guides_batch\n\nguides = [\n{rows}]\nfor row in rank_guides_batch(guides, shots=300):\n"
            '    print(row["rank"], row["guide_sequence"], row["composite_score"])\n')  # fmt: skip
    return Pair(request, code, is_exact=True)


def crispr_energy(rng: Random) -> Pair:
    """Energy of one guide on the built-in sampler."""
    bases = guide(rng)
    shots = rng.choice((500, 1000, 2000))
    request = fill(rng, "energy collapse of guide {g} with {s} shots", "estimate the energy of guide {g}, {s} shots",
                   "simulate the guide {g} offline with {s} shots", g=bases, s=shots)  # fmt: skip
    code = (
        "from bioql import estimate_energy_collapse_simulator\n\n"
        f'estimate = estimate_energy_collapse_simulator("{bases}", shots={shots}, seed=42)\nprint(estimate)\n'
    )
    return Pair(request, code, is_exact=True)


def crispr_phenotype(rng: Random) -> Pair:
    """Off-target risk of one guide."""
    bases = guide(rng)
    mismatches = rng.choice((2, 3, 3, 4))
    words = "" if mismatches == 3 else f"with at most {mismatches} mismatches"
    request = fill(rng, "off-target risk of guide {g} {m}", "infer off-target phenotype for {g} {m}",
                   "crispr off targets of {g} {m}", g=bases, m=words)  # fmt: skip
    code = (f'from bioql import infer_offtarget_phenotype\n\nrisk = infer_offtarget_phenotype("{bases}", max_mismatches={mismatches})\n'
            'print(risk["offtarget_risk"], risk["risk_score"])\n')  # fmt: skip
    return Pair(request, code, is_exact=True)


def crispr_angles(rng: Random) -> Pair:
    """Encode a guide as angles."""
    bases = guide(rng)
    request = fill(
        rng, "encode guide {g} as angles", "turn the guide {g} into rotation angles", g=bases
    )
    code = f'from bioql import guide_to_angles\n\nangles = guide_to_angles("{bases}", target_length=20)\nprint(angles)\n'
    return Pair(request, code, is_exact=True)


def crispr_csv(rng: Random) -> Pair:
    """Guides from a file to a file."""
    source = rng.choice(("guides", "library", "sgrna", "candidates"))
    goal = rng.choice(("ranked", "results", "scores"))
    request = fill(rng, "load guides from {a}.csv, rank them and save to {b}.csv",
                   "rank the guides in {a}.csv and write {b}.csv", a=source, b=goal)  # fmt: skip
    code = ("from bioql import load_guides_csv, rank_guides_batch, save_results_csv\n\n"
            f'guides = load_guides_csv("{source}.csv", sequence_column="sequence")\n'
            'ranked = rank_guides_batch([row["sequence"] for row in guides], shots=300)\n'
            f'save_results_csv(ranked, "{goal}.csv")\nprint(len(ranked))\n')  # fmt: skip
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
        "from bioql.crispr_qai import NCBIGeneFetcher\n\nfetcher = NCBIGeneFetcher(use_ncbi_api=False)\n"
        f'gene = fetcher.fetch_gene("{gene}")\n'
        'sites = fetcher.find_pam_sites(gene["exons"], pam_pattern="NGG") if gene else []\nprint(len(sites))\n'
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
    request = fill(rng, "predict {k} sites in {s} {t}", "{k} sites of {s} {t}", "where is {s} modified by {k} {t}",
                   k=kind, s=sequence, t=words)  # fmt: skip
    code = (f'from bioql import predict_ptm_sites\n\nsites = predict_ptm_sites("{sequence}", ptm_type="{kind}", threshold={threshold})\n'
            "print(sites.total_sites, [site.position for site in sites.sites])\n")  # fmt: skip
    return Pair(request, code, is_exact=True)


def interaction(rng: Random) -> Pair:
    """Protein-protein interaction (partly a placeholder, which the code says)."""
    one, two = peptide(rng, 8), peptide(rng, 8)
    request = fill(rng, "do {a} and {b} interact", "protein interaction of {a} and {b}",
                   "predict protein-protein interaction between {a} and {b}", a=one, b=two)  # fmt: skip
    code = ("from bioql import predict_protein_protein_interaction\n\n"
            "# BioQL 7.0.1 draws the interface residues at random.\n"
            f'interaction = predict_protein_protein_interaction("{one}", "{two}")\n'
            "print(interaction.binding_affinity, interaction.interaction_type, interaction.confidence)\n")  # fmt: skip
    return Pair(request, code, is_exact=True)


def metabolite(rng: Random) -> Pair:
    """Identify a metabolite by mass."""
    mass = round(rng.uniform(60, 400), 3)
    request = fill(rng, "identify the metabolite with mass {m}", "which metabolite has mass {m}",
                   "metabolite of mass {m}", m=mass)  # fmt: skip
    code = (f"from bioql import identify_metabolite\n\nmatch = identify_metabolite({mass}, tolerance=0.01)\n"
            "print(match.total_matches, match.matches)\n")  # fmt: skip
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
    code = ("from bioql import analyze_metabolic_pathway\n\n# BioQL 7.0.1 returns placeholder data here.\n"
            f'pathway = analyze_metabolic_pathway(["{names[0]}", "{names[1]}", "{names[2]}"])\n'
            "print(pathway.pathway_name, pathway.enrichment_pvalue)\n")  # fmt: skip
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
        "from bioql import perform_flux_balance_analysis\n\n# BioQL 7.0.1 returns placeholder data here.\n"
        'fba = perform_flux_balance_analysis("e_coli_core")\nprint(fba.objective_value, fba.fluxes)\n'
    )
    return Pair(request, code)


def mitigate(rng: Random) -> Pair:
    """Correct counts that were measured before."""
    width = rng.choice((2, 2, 3))
    counts = bits(rng, width)
    strategy, words = rng.choice((("ReadoutErrorMitigation", "readout errors"), ("ZeroNoiseExtrapolation", "zne"),
                                  ("ReadoutErrorMitigation", "readout mitigation")))  # fmt: skip
    text = "{" + ", ".join(f'"{state}": {count}' for state, count in counts.items()) + "}"
    request = fill(rng, "mitigate {w} in counts {c}", "apply {w} to {c}", "correct these counts with {w}: {c}",
                   w=words, c=text)  # fmt: skip
    code = (f"from bioql import mitigate_counts\n\ncounts = {text}\n"
            f'print(mitigate_counts(counts, num_qubits={width}, strategy="{strategy}"))\n')  # fmt: skip
    return Pair(request, code, is_exact=True)


def features(rng: Random) -> Pair:
    """Entropy and purity of counts."""
    text = "{" + ", ".join(f'"{state}": {count}' for state, count in bits(rng, 2).items()) + "}"
    request = fill(
        rng,
        "entropy and purity of {c}",
        "quantum features of counts {c}",
        "extract features from {c}",
        c=text,
    )
    code = (f"from bioql import extract_quantum_features\n\nfeatures = extract_quantum_features({text})\n"
            "print(features.entropy_bits, features.purity, features.most_probable_state)\n")  # fmt: skip
    return Pair(request, code, is_exact=True)


def strategy(rng: Random) -> Pair:
    """Choose a mitigation strategy."""
    depth = rng.choice((20, 50, 80, 120, 200))
    backend, words = rng.choice(
        (("ibm_torino", "ibm torino"), ("ibm_brisbane", "ibm brisbane"), ("ionq_qpu", "ionq"))
    )
    request = fill(rng, "which mitigation fits {b} at depth {d}", "choose an error mitigation strategy for {b} with depth {d}",
                   b=words, d=depth)  # fmt: skip
    code = f'from bioql import ErrorMitigator\n\nprint(ErrorMitigator().auto_select_strategy("{backend}", {depth}))\n'
    return Pair(request, code)


def surface_code(rng: Random) -> Pair:
    """Overhead of a surface code."""
    distance, logical, rate = (
        rng.choice((3, 5, 7, 9)),
        rng.randint(1, 12),
        rng.choice((0.001, 0.001, 0.005, 0.01)),
    )
    words = "" if rate == 0.001 else f"at error rate {rate}"
    request = fill(rng, "how many physical qubits for {n} logical qubits with a distance {d} surface code {r}",
                   "surface code distance {d} overhead for {n} logical qubits {r}",
                   "distance {d} surface code with {n} logical qubits {r}", n=logical, d=distance, r=words)  # fmt: skip
    code = (f"from bioql.qec import SurfaceCodeQEC\n\ncode = SurfaceCodeQEC(code_distance={distance}, error_rate={rate})\n"
            f"print(code.get_physical_qubits({logical}), code.estimate_logical_error_rate())\n")  # fmt: skip
    return Pair(request, code)


def template_resources(rng: Random) -> Pair:
    """Resources of a circuit template."""
    layers, n = rng.randint(1, 6), rng.randint(2, 12)
    name, words = rng.choice((("VQECircuit", ("VQE", "vqe")), ("VQECircuit", ("VQE", "vqe circuit")),
                              ("QAOACircuit", ("QAOA", "qaoa")),
                              ("HardwareEfficientAnsatz", ("hardware efficient ansatz",))))  # fmt: skip
    request = fill(rng, "resources for a {n} qubit {l} layer {w}", "estimate resources of {w} with {n} qubits and {l} layers",
                   "how many gates does a {w} with {n} qubits and {l} layers need", "{w} resources {n} qubits {l} layers",
                   n=n, l=layers, w=rng.choice(words))  # fmt: skip
    code = (f"from bioql.circuits import {name}\n\nestimate = {name}().estimate_resources(num_qubits={n}, num_layers={layers})\n"
            "print(estimate.gate_count, estimate.two_qubit_gates, estimate.circuit_depth)\n")  # fmt: skip
    return Pair(request, code)


def catalog(rng: Random) -> Pair:
    """Search the catalogue of templates."""
    word = rng.choice(("docking", "vqe", "folding", "binding", "qaoa", "ansatz"))
    request = fill(
        rng,
        "find circuit templates for {w}",
        "search the catalog for {w}",
        "which templates exist for {w}",
        w=word,
    )
    code = (f'from bioql.circuits import get_catalog\n\nfor template in get_catalog().search("{word}"):\n'
            "    print(template.name)\n")  # fmt: skip
    return Pair(request, code)


def intent(rng: Random) -> Pair:
    """Ask the matcher what it understands."""
    sentence = rng.choice(("Make an entangled pair", "Create a Bell state", "Prepare a superposition of 3 qubits",
                           "Simulate protein folding with 6 qubits"))  # fmt: skip
    request = fill(
        rng,
        "does bioql understand '{s}'",
        "what intent does bioql see in '{s}'",
        "check the sentence '{s}'",
        s=sentence,
    )
    code = ("from bioql.parser.mega_patterns import match_natural_language\n\n"
            f'match = match_natural_language("{sentence}")\n'
            'print("not understood" if match is None else match.intent.value)\n')  # fmt: skip
    return Pair(request, code, is_exact=True)


def backends(rng: Random) -> Pair:
    """List the backends."""
    request = fill(
        rng,
        "list available backends",
        "which backends can I use",
        "show all backends",
        "list quantum hardware",
    )
    code = ("from bioql import list_available_backends\n\nfor group, names in list_available_backends().items():\n"
            "    print(group, names)\n")  # fmt: skip
    return Pair(request, code)


def provenance(rng: Random) -> Pair:
    """A chain of records."""
    chain = rng.choice(("project-42", "lab-7", "screening", "trial-1", "study-9"))
    request = fill(rng, "keep a provenance chain called {c}", "record my runs in provenance chain {c}",
                   "tamper evident record {c} of a bell run", c=chain)  # fmt: skip
    code = (f'from bioql import ProvenanceChain\n\nchain = ProvenanceChain(chain_id="{chain}")\n'
            'chain.add_record("Create a Bell state", "ibm_torino", 100, counts={"00": 51, "11": 49})\n'
            "print(chain.verify_chain())\n")  # fmt: skip
    return Pair(request, code)


def audit(rng: Random) -> Pair:
    """An audit report."""
    name = rng.choice(("screening-run", "docking", "batch-3", "session-1"))
    request = fill(
        rng,
        "write an audit report for session {n}",
        "audit session {n}",
        "save an audit report called {n}",
        n=name,
    )
    code = (
        "from pathlib import Path\n\nfrom bioql import AuditableSession\n\n"
        f'session = AuditableSession("{name}", output_dir=Path("audit"))\nprint(session.save_report())\n'
    )
    return Pair(request, code)


def profile(rng: Random) -> Pair:
    """Profile a run."""
    shots = rng.choice((50, 100, 200))
    request = fill(
        rng,
        "profile a bell state run with {s} shots",
        "profile a bell run, {s} shots, save json",
        s=shots,
    )
    code = ("import os\n\nfrom bioql import quantum\nfrom bioql.profiler import Profiler\n\nprofiler = Profiler()\n"
            "profile = profiler.profile_quantum(\n    quantum,\n    \"Create a Bell state\",\n"
            f'    api_key=os.environ["BIOQL_API_KEY"],\n    backend="ibm_torino",\n    shots={shots},\n)\n'
            'profiler.export_report("profile.json", format="json")\nprint(profile["success"])\n')  # fmt: skip
    return Pair(request, code)


BIO_TASKS: tuple[tuple[TaskMaker, float], ...] = (
    (crispr_score, 2), (crispr_rank, 1), (crispr_energy, 0.8), (crispr_phenotype, 0.8), (crispr_angles, 0.5),
    (crispr_csv, 0.6), (pam_sites, 0.6), (ptm, 1.2), (interaction, 0.6), (metabolite, 0.5), (pathway, 0.6),
    (flux, 0.3), (mitigate, 0.8), (features, 0.8), (strategy, 0.6), (surface_code, 1), (template_resources, 1.8),
    (catalog, 0.5), (intent, 0.4), (backends, 0.4), (provenance, 0.5), (audit, 0.5), (profile, 0.4),
)  # fmt: skip
