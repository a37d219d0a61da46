"""What pages show, as plain values made of the register: pure, for templates that decide nothing."""
