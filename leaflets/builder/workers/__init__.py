"""The processes that build editions: a pool on this machine, a Dask cluster, their limits."""
