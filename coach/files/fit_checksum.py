"""The checksum of FIT files: CRC-16 with the polynomial 0x8005, reflected, from 0 (known as CRC-16/ARC)."""

from typing import Final


def checksum(data: bytes, crc: int = 0) -> int:
    """The checksum of the data; 0 for data that ends with its own, lower byte first."""
    table = _TABLE
    for byte in data:
        crc = (crc >> 8) ^ table[(crc ^ byte) & 0xFF]
    return crc


def _entry(byte: int) -> int:
    for _ in range(8):
        byte = (byte >> 1) ^ (0xA001 if byte & 1 else 0)
    return byte


_TABLE: Final = tuple(map(_entry, range(256)))
