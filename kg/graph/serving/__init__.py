"""What `kg serve` answers from: a store, or any files of RDF, as they are read and changed from outside."""
