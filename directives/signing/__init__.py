"""Digital signatures on issued papers: made here or elsewhere, and checked without the network."""
