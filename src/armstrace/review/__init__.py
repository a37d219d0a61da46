"""What people judged of claims, applied to the claims as they are read today; pure, in the public shape."""
