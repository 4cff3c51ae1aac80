"""From a choice to a run, from a run to a PDF, and what jammed afterwards."""
