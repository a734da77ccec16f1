"""Question + knowledge base → Answer. Arithmetic happens here and nowhere else."""
