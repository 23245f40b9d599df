"""Workers: processes that build editions, as a pool on this machine or in a Dask cluster, and their limits."""
