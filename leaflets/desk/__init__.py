"""Print desk: a web page for clinicians, served on their own machine, over a build folder that is kept up to date."""
