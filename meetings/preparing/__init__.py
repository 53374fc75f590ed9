"""A meeting before it is held: called, planned, its invitations and papers sent out."""
