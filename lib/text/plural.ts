/** `1 client`, `2 clients`, `5,000 clients`. */
export function counted(count: number, what: string): string {
  return `${withThousands(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** A number as it is read: `5,000`. */
export function withThousands(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
