import { join } from 'node:path';

/** The vendor profiles of this package. Here, since the packed command lies as deep below the package's folder. */
export const CATALOGUE = join(__dirname, '../../vendors');
