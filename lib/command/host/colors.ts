/** Which of a process's streams may have colours. */
export interface Colors {
  readonly out: boolean;
  readonly err: boolean;
}

export const NO_COLORS: Colors = { out: false, err: false };
