"""New files from old ones: with findings masked, or with all that a reader does not see gone."""
