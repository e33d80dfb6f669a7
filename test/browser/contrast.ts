/// <reference lib="dom" />

/** A text that is too near in colour to what it stands on. */
export interface Faint {
  readonly text: string;
  readonly where: string;
  readonly color: string;
  readonly ground: string;
  readonly ratio: number;
}

/**
 * The texts of the page that are seen and have less contrast than asked for; runs in the page.
 * @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export function faintTexts(least: number): { readonly checked: number; readonly faint: readonly Faint[] } {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!canvas) throw new Error('there is no canvas');
  const parsed = new Map<string, [number, number, number, number]>();
  const rgba = (color: string): [number, number, number, number] => {
    const known = parsed.get(color);
    if (known) return known;
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
    parsed.set(color, [r, g, b, a / 255]);
    return [r, g, b, a / 255];
  };
  const over = (top: readonly number[], under: readonly number[]) => {
    const alpha = top[3] ?? 1;
    return [0, 1, 2].map((at) => (top[at] ?? 0) * alpha + (under[at] ?? 0) * (1 - alpha));
  };
  const luminance = (color: readonly number[]) => {
    const [r = 0, g = 0, b = 0] = color.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element: Element): readonly number[] => {
    const layers: (readonly number[])[] = [];
    // In a picture the text stands on the box that is drawn before it, or has a rim of the ground's colour.
    const box = element.closest('.box, .prefix')?.querySelector('rect');
    if (box) layers.push(rgba(getComputedStyle(box).fill));
    for (let at: Element | null = element; at; at = at.parentElement) {
      layers.push(rgba(getComputedStyle(at).backgroundColor));
    }
    return layers.reduceRight<readonly number[]>((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const opacityOf = (element: Element): number => {
    let opacity = 1;
    for (let at: Element | null = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    return opacity;
  };
  const faint: Faint[] = [];
  let checked = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent?.trim() ?? '';
    if (!element || text === '' || element.closest('script, style, title, desc, noscript, .hidden, .skip')) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    const ground = groundOf(element);
    const shown = element instanceof SVGElement ? style.fill : style.color;
    const [r, g, b, a] = rgba(shown);
    const color = over([r, g, b, a * opacityOf(element)], ground);
    const [light = 0, dark = 0] = [luminance(color), luminance(ground)].sort((one, other) => other - one);
    const ratio = (light + 0.05) / (dark + 0.05);
    checked += 1;
    if (ratio < least) {
      faint.push({
        text: text.slice(0, 40),
        where: element.outerHTML.slice(0, 60),
        color: shown,
        ground: ground.map(Math.round).join(' '),
        ratio,
      });
    }
  }
  return { checked, faint };
}
