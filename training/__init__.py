"""How the models are made; nothing here is needed to run them."""
