"""The committed runs described for machines, as a Process Run Crate."""
