"""What people type about meetings, by what a meeting goes through."""
