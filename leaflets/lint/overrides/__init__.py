"""Files of a user's project that override shipped ones: whether they can work, before anything is typeset."""
