"""Pages of meetings, one module for each thing that people come for."""
