"""The rules of the quiz as pure functions; knows the standard library and nothing else."""
