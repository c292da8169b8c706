"""What runs on the far side of the wall. The trusted side reads these files as texts and never imports them."""
