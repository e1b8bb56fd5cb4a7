"""Rule base and trace to advice: what to say, in the rules' own words, with the user's answers put in."""
