"""What opens beside the answer: corrections, walk-ins, reasons, history, the place of this desk."""
