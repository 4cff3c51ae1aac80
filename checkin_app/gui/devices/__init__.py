"""The devices of a desk: what reads codes, what makes sounds, what prints through Qt."""
