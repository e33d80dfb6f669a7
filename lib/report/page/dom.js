// Elements from values. A text becomes a text node and nothing else, whatever stands in it.

/** @typedef {string | Node | undefined | false} Child */
/** @typedef {Readonly<Record<string, string | number | boolean | undefined>>} Attributes left out where they are undefined or false */

/** @type {<T extends keyof HTMLElementTagNameMap>(tag: T, attributes?: Attributes, ...children: Child[]) => HTMLElementTagNameMap[T]} */
const el = (tag, attributes, ...children) => filled(document.createElement(tag), attributes, children);

/** @type {<T extends keyof SVGElementTagNameMap>(tag: T, attributes?: Attributes, ...children: Child[]) => SVGElementTagNameMap[T]} */
const svg = (tag, attributes, ...children) =>
  filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);

/** @type {<T extends Element>(element: T, attributes: Attributes | undefined, children: Child[]) => T} */
const filled = (element, attributes = {}, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
};

/** @type {(does: () => void, attributes?: Attributes, ...children: Child[]) => HTMLButtonElement} */
function button(does, attributes, ...children) {
  const made = el('button', { type: 'button', ...attributes }, ...children);
  made.addEventListener('click', does);
  return made;
}

/** The element of that id, which the page has. @type {<T extends HTMLElement>(id: string, type: new () => T) => T} */
function byId(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no ${id}`);
  return found;
}

/** A number as it is read: `5,000`. @param {number} value */
function grouped(value) {
  return value.toLocaleString('en-US');
}

/** `1 integration`, `2 integrations`. @type {(count: number, what: string) => string} */
function counted(count, what) {
  return `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** An icon that the page defines. @param {string} name */
function icon(name) {
  return svg('svg', { class: 'icon', 'aria-hidden': 'true' }, svg('use', { href: `#icon-${name}` }));
}
