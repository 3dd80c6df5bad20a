/** Bytes that a UTF-16 code unit of a text takes at most in UTF-8 (RFC 3629). */
export const mostBytesOfUnit = 3;
