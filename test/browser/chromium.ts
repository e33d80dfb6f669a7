import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CHROMIUM = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser of this machine, without a window. */
export function launched(): Promise<Browser> {
  if (CHROMIUM === undefined)
    throw new Error('this needs Chromium: apt-get install chromium, or CHROMIUM=/path/to/chrome');
  return chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
}
