"""YAML in, core objects out; every fault with its file, its line and what to do."""
