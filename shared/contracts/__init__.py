"""What the services promise one another: roles they all know, facts they announce."""
