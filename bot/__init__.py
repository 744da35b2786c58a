"""Banco Amable 2.0."""
