"""How the models that the package ships were made; nothing here runs when documents are read."""
