"""Reads the authors' files into exercises and says what is wrong with them; knows no tables."""
