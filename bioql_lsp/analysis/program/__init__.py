"""The English sentence: what BioQL's compiler makes of it, drawn, exported and criticised."""
