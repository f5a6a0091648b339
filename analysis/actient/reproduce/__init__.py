"""How a reviewer checks the compendium: clean clone, clean environment, full rerun, comparison.

`clone` and `environment` make a place where nothing of the reviewer's machine is left; `rerun`
builds both editions there; `examine`, run there too, reads what was made and has `compare` put it
beside the committed references; `certificate` says what came out, and `page` lays it out.
"""
