SELECT starts FROM life
