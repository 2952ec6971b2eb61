/** The icons: a few strokes each, in the colour of the text around them. */

const SVG = "http://www.w3.org/2000/svg";

const STROKES = {
  back: ["M19 12H5", "M11.5 5.5 5 12l6.5 6.5"],
  block: ["M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z", "m6.2 6.2 11.6 11.6"],
  check: ["m5 12.5 4.5 4.5L19 7.5"],
  checks: ["m2.5 12.8 4.2 4.2L15 8.2", "m11.2 15.9 1.3 1.1L21 8.2"],
  close: ["m6 6 12 12", "M18 6 6 18"],
  code: ["m8.5 7-5 5 5 5", "m15.5 7 5 5-5 5"],
  commands: ["M5 7h14", "M5 12h14", "M5 17h9"],
  copy: ["M9 9h10.5v10.5H9Z", "M15 9V4.500H4.500V15H9"],
  down: ["m6 9.500 6 6 6-6"],
  file: ["M13.500 3.500H7A1.500 1.500 0 0 0 5.500 5v14A1.500 1.500 0 0 0 7 20.500h10a1.500 1.500 0 0 0 1.500-1.500V8.500Z", "M13.500 3.500v5h5"],
  moon: ["M20 14.200A8.300 8.300 0 1 1 9.800 4a6.600 6.600 0 0 0 10.200 10.200Z"],
  more: ["M12 5.500v.01", "M12 12v.01", "M12 18.500v.01"],
  out: ["M8 16 16.500 7.500", "M9.500 7.500h7v7"],
  paper: ["M4 5.500h12.500v12A1.500 1.500 0 0 0 18 19H5.500A1.500 1.500 0 0 1 4 17.500Z", "M16.500 9H20v8.500A1.500 1.500 0 0 1 18 19", "M7 9h6.500", "M7 12.500h6.500", "M7 15.700h4"],
  plus: ["M12 5v14", "M5 12h14"],
  restart: ["M19.500 12a7.500 7.500 0 1 1-2.200-5.300L19.500 9", "M19.500 4v5h-5"],
  search: ["M10.800 4a6.800 6.800 0 1 0 0 13.600 6.800 6.800 0 0 0 0-13.600Z", "m15.800 15.800 4.700 4.700"],
  send: ["M20.500 3.500 3.500 10.300l6.700 3.500Z", "m20.500 3.500-6.800 17-3.500-6.700Z"],
  sun: ["M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z", "M12 2.500v2", "M12 19.500v2", "M2.500 12h2", "M19.500 12h2", "m5.300 5.300 1.400 1.400", "m17.300 17.300 1.400 1.400", "m18.700 5.300-1.400 1.400", "m6.700 17.300-1.400 1.400"],
  up: ["m6 14.500 6-6 6 6"],
};

/** The icon *name*; it says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  for (const d of STROKES[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
