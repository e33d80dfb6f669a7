/** More than any definition, certificate or vendor profile has, in bytes: what is longer is not read. */
export const MOST_BYTES = 64 * 1024;
