"""A guided rehab coach for runners with a sore hip."""

__version__ = "0.1.0"
