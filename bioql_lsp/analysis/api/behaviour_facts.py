"""The facts of ``behaviour``: version since when, module, name (or ``Class.member``), sentence."""

from __future__ import annotations

Facts = dict[str, dict[str, str]]

_DICT_NOT_CIRCUIT = "Returns a dict that repeats the parameters, not a circuit."
_ISING = "Samples a small Ising model with angles taken from the guide's letters."
_SWALLOWED = "Every run inside fails with TypeError, which is swallowed: the result is empty."
_NOT_SUBSCRIPTABLE = "Raises TypeError: 'int' object is not subscriptable."
_PROPERTY = "Is a bare property object, so calling it raises TypeError."
_BIOPYTHON = (
    "Raises AttributeError with a current biopython, which no longer has a method it calls."
)
_NO_SEED = "Raises TypeError: it passes a seed that quantum() does not take."
_BILLED = "Fails on every call: it hands quantum() a keyword that it does not take, or misses a "
_RDKIT = "Computes RDKit descriptors and applies published rules of thumb to them."

REAL: dict[str, Facts] = {
    "3.1.2": {
        "bioql.optimizer": {"CircuitOptimizer": "Rewrites the circuit that it is given."},
        "bioql.circuits.composition.composer": {
            "CircuitComposer": "Puts real circuits together, with Qiskit."
        },
        "bioql.circuits.composition.stitching": {
            "CircuitStitcher": "Joins real circuits, with Qiskit."
        },
        "bioql.circuits.composition.modular": {
            "ModularCircuitBuilder": "Builds a real circuit from modules, with Qiskit."
        },
        "bioql.chem.ligand_prep": {"validate_smiles": "Parses the SMILES with RDKit."},
    },
    "5.0.0": {
        "bioql.provenance": {
            "ProvenanceRecord": "Signs what it is given.",
            "ProvenanceChain": "Chains and checks signed records.",
            "ComplianceLogger": "Writes signed records to a folder.",
        },
        "bioql.qec.surface_code": {
            "SurfaceCodeQEC": "Evaluates textbook formulas; for small distances the logical error "
            "rate is no better than the physical one."
        },
        "bioql.qec.steane_code": {"SteaneCodeQEC": "Evaluates textbook formulas."},
        "bioql.qec.shor_code": {"ShorCodeQEC": "Evaluates textbook formulas."},
    },
    "7.0.1": {
        "bioql.adme_predictor": {
            "predict_adme_local": _RDKIT,
            "predict_toxicity_local": _RDKIT,
            "predict_adme_toxicity": f"{_RDKIT} use_web_services has no effect.",
        },
        "bioql.similarity_search": {
            "calculate_tanimoto_similarity": "Compares two RDKit fingerprints."
        },
        "bioql.chem.pharma_scores": {"calculate_pharmaceutical_scores": _RDKIT},
        "bioql.chem.ligand_prep": {
            "prepare_ligand": "Builds a 3D structure with RDKit; pdbqt needs meeko."
        },
        "bioql.molecular_utils": {
            "validate_smiles": "Parses the SMILES with RDKit.",
            "normalize_smiles": "Gives the canonical SMILES of RDKit.",
        },
        "bioql.quantum_chemistry": {
            "smiles_to_geometry": "Embeds the molecule in 3D with RDKit.",
            "build_molecular_hamiltonian": "Computes integrals with PySCF and maps them to qubits.",
        },
        "bioql.molecular_benchmarks": {
            "run_benchmark": "Computes the energy with PySCF and OpenFermion, on this machine."
        },
        "bioql.crispr_qai.energies": {
            "estimate_energy_collapse_simulator": f"{_ISING} Runs on this machine.",
            "estimate_energy_collapse_qiskit": f"{_ISING} Runs at IBM.",
            "estimate_energy_collapse_braket": f"{_ISING} Runs at AWS.",
        },
        "bioql.crispr_qai.guide_opt": {
            "rank_guides_batch": "Ranks by the energy of an Ising toy model and by GC content."
        },
        "bioql.crispr_qai.offtarget_predictor": {
            "OffTargetPredictor": "Counts mismatches between the guide and the sites."
        },
        "bioql.crispr_qai.phenotype": {
            "infer_offtarget_phenotype": "Compares the guide with the regions by heuristics."
        },
        "bioql.proteomics.ptm_prediction": {
            "predict_ptm_sites": "Looks for sequence motifs; no quantum computation.",
            "predict_phosphorylation": "Looks for sequence motifs; no quantum computation.",
            "predict_acetylation": "Looks for sequence motifs; no quantum computation.",
        },
        "bioql.quantum_fusion": {"extract_quantum_features": "Computes statistics of the counts."},
        "bioql.metabolomics.metabolite_analysis": {
            "identify_metabolite": "Looks the mass up in a table of five metabolites."
        },
        "bioql.multiomics.network_analysis": {
            "identify_key_regulators": "Ranks the nodes of the network by betweenness centrality."
        },
    },
}

PLACEHOLDERS: dict[str, Facts] = {
    "3.1.2": {
        "bioql.circuits.algorithms": {
            "VQECircuit.build": _DICT_NOT_CIRCUIT,
            "QAOACircuit.build": _DICT_NOT_CIRCUIT,
            "GroverCircuit.build": _DICT_NOT_CIRCUIT,
        },
        "bioql.circuits.drug_discovery": {
            "MolecularDockingCircuit.build": _DICT_NOT_CIRCUIT,
            "ProteinFoldingCircuit.build": _DICT_NOT_CIRCUIT,
            "BindingAffinityCircuit.build": _DICT_NOT_CIRCUIT,
        },
        "bioql.circuits.templates": {
            "HardwareEfficientAnsatz.build": _DICT_NOT_CIRCUIT,
            "UCCSDAnsatz.build": _DICT_NOT_CIRCUIT,
        },
        "bioql.circuits.composition": {
            "CircuitComposer.build": "Returns a dict that lists the parts, not a circuit.",
            "CircuitPipeline.build": "Returns a dict that lists the stages, not a circuit.",
        },
    },
    "5.0.0": {
        "bioql.advanced_qec": {
            "AdvancedErrorMitigation.apply_full_mitigation": "Always reports accuracies of 75 and "
            "95 percent unless expected_energy is given."
        },
    },
    "7.0.1": {
        "bioql.similarity_search": {
            "search_chembl": "Always returns the same invented hit, CHEMBL123.",
            "search_pubchem": "Always returns an empty list.",
            "search_drugbank": "Always returns an empty list.",
            "similarity_search_pipeline": "Always returns the same invented ChEMBL hit.",
        },
        "bioql.offtarget_panel": {
            "screen_offtargets": "Never finds a hit, whatever the molecule.",
            "generate_selectivity_report": "Always reports a low risk and no ratios.",
        },
        "bioql.resistance_profiler": {
            "analyze_resistance_profile": "Gives 1.2-fold and 83 percent for every mutation.",
            "model_mutation": "Returns a file name; no structure is written.",
        },
        "bioql.proteomics.structure_prediction": {
            "predict_secondary_structure": "Returns the same positions for every sequence.",
            "predict_3d_structure": "Returns random coordinates and a fixed pLDDT of 75.",
        },
        "bioql.proteomics.mass_spec": {
            "analyze_mass_spectrum": "Always finds the peptides PEPTIDE and SAMPLE.",
            "identify_peptides": "Always returns an empty list.",
        },
        "bioql.proteomics.protein_interaction": {
            "predict_protein_protein_interaction": "The residues of the interface are random; the "
            "affinity comes from the net charges alone."
        },
        "bioql.metabolomics.metabolite_analysis": {
            "quantify_metabolites": "Returns random concentrations."
        },
        "bioql.metabolomics.pathway_analysis": {
            "analyze_metabolic_pathway": "Returns the same p-value and genes for every input.",
            "map_to_kegg_pathway": "Always returns glycolysis, hsa00010.",
        },
        "bioql.metabolomics.flux_analysis": {
            "perform_flux_balance_analysis": "Returns the same two fluxes for every model.",
            "perform_mfa": "Returns the same single flux for every input.",
        },
        "bioql.multiomics.integration": {
            "integrate_omics_layers": "Returns random factors; of the data only the shape counts."
        },
        "bioql.multiomics.network_analysis": {
            "build_regulatory_network": "Returns the same graph of two nodes for every input."
        },
        "bioql.genomics.variant_calling": {
            "call_variants": "Always returns one fixed variant, A to G at chr1:12345."
        },
        "bioql.genomics.epigenetics": {
            "analyze_methylation": "Returns random beta values and two fixed sites.",
            "analyze_histone_marks": "Returns the same region and genes for every input.",
        },
        "bioql.genomics.rna_seq": {"analyze_rna_seq": "Returns 100 made-up genes, random values."},
        "bioql.chem.neutralize": {
            "neutralize_smiles": "May leave the charges as they are: [O-].[Na+] is unchanged."
        },
        "bioql.bioisostere_db": {
            "suggest_bioisosteric_replacements": "new_smiles is a label, not a SMILES; the groups "
            "come from a fixed table."
        },
    },
}

BROKEN: dict[str, Facts] = {
    "1.0.0": {
        "bioql": {"check_installation": "Always returns False: it calls quantum() without a key."}
    },
    "3.1.2": {
        "bioql.docking": {"VinaRunner": _PROPERTY, "QuantumRunner": _PROPERTY},
        "bioql.ir.validators": {
            "ComplianceValidator.validate_gxp_compliance": "Raises AttributeError: a program has "
            "no metadata."
        },
    },
    "7.0.1": {
        "bioql.enhanced_quantum": {
            "enhanced_quantum": "Raises TypeError, as it passes token= to quantum(), unless a "
            "sentence about biology and a hardware backend keep it on the local simulator."
        },
        "bioql.benchmarks.chemistry": {
            "quick_benchmark": _NO_SEED,
            "ChemistryBenchmark.run_molecule": _NO_SEED,
            "ChemistryBenchmark.run_suite": _SWALLOWED,
            "ChemistryBenchmark.compare_backends": _SWALLOWED,
        },
        "bioql.pipeline_orchestrator": {
            "run_complete_pipeline": "Raises TypeError: it compares None with a number."
        },
        "bioql.quantum_connector": {
            "quantum_auto": f"{_BILLED}database.",
            "get_quantum_function": f"{_BILLED}database, once the function it returns is called.",
        },
        "bioql.proteomics.protein_analysis": {
            "predict_protein_properties": _BIOPYTHON,
            "analyze_protein_sequence": _BIOPYTHON,
        },
        "bioql.visualization.qualtran_viz": {
            f"QECVisualizer.{name}": _NOT_SUBSCRIPTABLE
            for name in (
                "plot_qubit_overhead",
                "plot_cost_breakdown",
                "plot_code_distance_scaling",
                "create_interactive_plot",
                "estimate_resources",
            )
        },
        "bioql.visualization.resource_estimator": {
            f"ResourceEstimator.{name}": _NOT_SUBSCRIPTABLE
            for name in (
                "estimate_resources",
                "estimate_physical_qubits",
                "estimate_circuit_depth_with_qec",
            )
        },
    },
}

PLAIN: dict[str, Facts] = {
    "3.1.2": {
        "bioql.docking.pipeline": {
            "dock": "Never raises: see success and error_message. Without Vina the score comes "
            "from the bits of a circuit, not from physics."
        },
    },
    "5.0.0": {
        "bioql.enhanced_quantum": {
            "enhanced_quantum": "Raises TypeError, as it passes token= to quantum(), unless the "
            "sentence is about biology."
        },
        "bioql.chemistry_qec": {
            "quick_chemistry_test": "The energy of H2 comes out wrong, near -1.81 hartree.",
        },
    },
    "7.0.1": {
        "bioql.bio_interpreter": {
            "interpret_bio_results": "Raises ValueError where the counts are empty."
        },
        "bioql.pdb_generator": {
            "generate_docking_pdb": "Downloads the structure first, so it fails offline."
        },
    },
}
