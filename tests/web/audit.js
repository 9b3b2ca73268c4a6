// Returns what a careful person would find wrong with the page on show, one sentence each.
() => {
  const found = [];
  const visible = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(visible);
  const say = (element) => element.outerHTML.slice(0, 120);

  function luminance([red, green, blue]) {
    const part = (value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
  }
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  function ground(element) {
    for (let at = element; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  }
  function contrast(element) {
    const pair = [numbers(getComputedStyle(element).color), ground(element)].map(luminance);
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  }

  if (all("h1").length !== 1) found.push(`${all("h1").length} headings of level 1`);
  if (all("main").length !== 1) found.push("not exactly one main landmark");
  if (all("header").length !== 1) found.push("not exactly one header landmark");
  if (!document.title) found.push("no title");
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  if (new Set(ids).size !== ids.length) found.push("an id is used twice");
  for (const name of ["aria-labelledby", "aria-describedby"]) {
    for (const element of all(`[${name}]`)) {
      for (const id of element.getAttribute(name).split(" ")) {
        if (!document.getElementById(id)) found.push(`${name} leads nowhere: ${say(element)}`);
      }
    }
  }
  for (const element of all("input:not([type=hidden])")) {
    if (!element.labels.length) found.push(`no label: ${say(element)}`);
  }
  for (const element of all("a, button")) {
    if (!element.textContent.trim()) found.push(`no name: ${say(element)}`);
  }
  for (const element of all("img")) {
    if (!element.hasAttribute("alt")) found.push(`no alternative text: ${say(element)}`);
  }
  for (const element of all("button, a.button, nav a, input:not([type=hidden])")) {
    if (element.getBoundingClientRect().height < 44) found.push(`low target: ${say(element)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the window");
  if (document.querySelector("[style], style, script:not([src])")) found.push("inline code");
  for (const element of all("body *")) {
    const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!words) continue;
    const { fontSize, fontWeight } = getComputedStyle(element);
    const size = parseFloat(fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
    if (contrast(element) < (large ? 3 : 4.5)) {
      found.push(`contrast ${contrast(element).toFixed(2)}: ${say(element)}`);
    }
  }
  return found;
};
