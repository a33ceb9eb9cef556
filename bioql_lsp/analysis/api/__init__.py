"""The index of BioQL's API: built statically from a wheel, loaded lazily, one file per version."""
