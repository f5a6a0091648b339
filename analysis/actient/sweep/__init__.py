"""One chapter over many parameter sets, in parallel: the only part that knows Dask."""
