"""What a meeting decides: votes, conclusions, tasks, and whether they are carried out."""
