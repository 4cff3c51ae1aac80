"""QR codes and barcodes."""
