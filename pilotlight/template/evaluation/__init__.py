"""Works out what a template writes as functions: references, texts, maps and conditions.

What only a deployment knows stays a symbol (`symbol.py`), so that a value is read, or it is known why not.
"""
