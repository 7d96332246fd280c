"""Vectors and rotations in three dimensions: x forwards, y to the left, z up; angles in degrees."""

from math import cos, radians, sin, sqrt

Vec = tuple[float, float, float]
Matrix = tuple[Vec, Vec, Vec]
"""Three rows."""

IDENTITY: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def add(a: Vec, b: Vec) -> Vec:
    """The sum."""
    return a[0] + b[0], a[1] + b[1], a[2] + b[2]


def sub(a: Vec, b: Vec) -> Vec:
    """From `b` to `a`."""
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def scaled(a: Vec, by: float) -> Vec:
    """`a`, `by` times as long."""
    return a[0] * by, a[1] * by, a[2] * by


def along(start: Vec, direction: Vec, far: float) -> Vec:
    """The point `far` from `start` in a direction of length 1."""
    return start[0] + direction[0] * far, start[1] + direction[1] * far, start[2] + direction[2] * far


def between(a: Vec, b: Vec, share: float) -> Vec:
    """The point a share of the way from `a` to `b`."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share


def dot(a: Vec, b: Vec) -> float:
    """The scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """The vector product."""
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def length(a: Vec) -> float:
    """How long it is."""
    return sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2])


def distance(a: Vec, b: Vec) -> float:
    """How far apart two points are."""
    return length(sub(a, b))


def unit(a: Vec) -> Vec:
    """The same direction with length 1; nothing has no direction and stays nothing."""
    far = length(a)
    return a if far == 0.0 else (a[0] / far, a[1] / far, a[2] / far)


def turned(m: Matrix, v: Vec) -> Vec:
    """`v` after the rotation."""
    x, y, z = v
    (a, b, c), (d, e, f), (g, h, i) = m
    return a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z


def product(m: Matrix, n: Matrix) -> Matrix:
    """First `n`, then `m`."""
    (a, b, c), (d, e, f), (g, h, i) = n
    r, s, t = m
    return (
        (r[0] * a + r[1] * d + r[2] * g, r[0] * b + r[1] * e + r[2] * h, r[0] * c + r[1] * f + r[2] * i),
        (s[0] * a + s[1] * d + s[2] * g, s[0] * b + s[1] * e + s[2] * h, s[0] * c + s[1] * f + s[2] * i),
        (t[0] * a + t[1] * d + t[2] * g, t[0] * b + t[1] * e + t[2] * h, t[0] * c + t[1] * f + t[2] * i),
    )


def about_y(degrees: float) -> Matrix:
    """A turn about the axis to the left: z goes towards x."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return (c, 0.0, s), (0.0, 1.0, 0.0), (-s, 0.0, c)


def yxz(y: float, x: float, z: float) -> Matrix:
    """First about z, then about x, then about y, as joints are measured: rotation, abduction, flexion."""
    cy, sy = cos(radians(y)), sin(radians(y))
    cx, sx = cos(radians(x)), sin(radians(x))
    cz, sz = cos(radians(z)), sin(radians(z))
    return (
        (cy * cz + sy * sx * sz, -cy * sz + sy * sx * cz, sy * cx),
        (cx * sz, cx * cz, -sx),
        (-sy * cz + cy * sx * sz, sy * sz + cy * sx * cz, cy * cx),
    )


def column(m: Matrix, at: int) -> Vec:
    """Where the axis x (0), y (1) or z (2) points after the rotation."""
    return m[0][at], m[1][at], m[2][at]
