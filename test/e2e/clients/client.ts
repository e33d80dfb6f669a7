import type { Capability } from '../../../lib/rules/confinement';

/** Where a vendor works. */
export interface Place {
  readonly bucket: string;
  /** With the slash at its end. */
  readonly prefix: string;
}

/** Something that is done with a client. */
export interface Operation {
  /** What for, in a few words. */
  readonly to: string;
  /** What the vendor types. */
  readonly type: (place: Place) => string;
  /** The capabilities that it takes, each with the action at which it ends without. */
  readonly needs: Readonly<Partial<Record<Capability, string>>>;
  /** The action that no integration is ever granted, so that this never works. */
  readonly never?: string;
  /** What is there afterwards: keys under the prefix, and files. */
  readonly makes?: { readonly keys?: readonly string[]; readonly files?: readonly string[] };
  /** Keys under the prefix that are gone afterwards. */
  readonly removes?: readonly string[];
  readonly note?: string;
}

/** A line of a client's configuration without which something does not work. */
export interface Option {
  readonly line: string;
  readonly why: string;
  /** What is tried without it, by its `to`. */
  readonly tried: string;
  /** The action, or the header, at which it is refused then. */
  readonly refused: string;
}

/** What a configuration is written with. */
export interface Settings extends Place {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A client of S3 that vendors use, as it is. */
export interface Client {
  readonly name: string;
  /** What is tried here, as its version begins. */
  readonly release: string;
  /** Prints its version. */
  readonly version: string;
  readonly remark?: string;
  /** The file that holds its configuration, in the home directory, and what it says. */
  readonly file: string;
  readonly configuration: (settings: Settings) => string;
  readonly options: readonly Option[];
  readonly operations: readonly Operation[];
  /** What is typed, as a command of a shell. */
  readonly command?: (typed: string) => string;
  /** What only these tests add, so that it finds the server that stands in for S3. */
  readonly standIn: (url: string) => {
    readonly lines?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  };
  /** What is typed to reach for a place: list, get, put and delete there. None where these are no single commands. */
  readonly reaches?: (place: Place) => readonly string[];
}

/** What is there before each operation: keys under the prefix, and files in the working directory. */
export const KEYS = ['report.txt', 'folder/one.txt', 'folder/two.txt'] as const;
export const FILES = ['file.txt', 'large.bin', 'folder/three.txt', 'folder/four.txt'] as const;

/** The size of `large.bin`: more than any of the clients sends in one piece. */
export const LARGE = 17 << 20;
