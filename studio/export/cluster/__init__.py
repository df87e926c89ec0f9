"""An export on many computers: the same plan, its tasks on a Dask cluster (extra ``kabupaten``)."""
