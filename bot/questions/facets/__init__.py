"""Exact facets of a question: year, measure, scope, unit, threshold, operation. Each is pure: text → spans."""
