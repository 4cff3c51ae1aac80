"""Brother QL label printers: rolls, raster language, what they tell of themselves."""
