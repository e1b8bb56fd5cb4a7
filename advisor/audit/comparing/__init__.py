"""Two rule bases laid side by side with the solver, over every way to answer."""
