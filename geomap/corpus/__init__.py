"""Whole corpora on many processes or machines: articles in from files or object stores, tables of reports out."""
