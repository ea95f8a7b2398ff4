"""Invented accounts for the shipped rulesets, one module for each."""
