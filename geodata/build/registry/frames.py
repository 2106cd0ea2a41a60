"""The three boxes of the base map: near in full detail, wide about it, far for zooming out. Degrees W, S, E, N."""

NEAR = (35.0, 34.0, 39.0, 37.5)
WIDE = (32.0, 31.0, 43.0, 40.0)
FAR = (20.0, 20.0, 58.0, 48.0)
