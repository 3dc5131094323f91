"""The kinds of exercise: what each asks, accepts and is worth; knows no pages and no tables."""
