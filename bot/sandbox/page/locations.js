/** Places on the earth: asked for in a small form, and shown in a message. */

import { h } from "./dom.js";
import { ask, line } from "./forms.js";
import { icon } from "./icons.js";

const CITIES = [
  { name: "Shanghai", latitude: 31.2304, longitude: 121.4737 },
  { name: "Delhi", latitude: 28.6139, longitude: 77.209 },
  { name: "London", latitude: 51.5074, longitude: -0.1278 },
  { name: "New York", latitude: 40.7128, longitude: -74.006 },
  { name: "São Paulo", latitude: -23.5505, longitude: -46.6333 },
  { name: "Sydney", latitude: -33.8688, longitude: 151.2093 },
];

/** Ask where somebody is; *share* is called with the place. */
export function askForLocation(share) {
  const latitude = degrees(90);
  const longitude = degrees(180);
  const choose = (city) => Object.assign(latitude, { value: city.latitude }) && Object.assign(longitude, { value: city.longitude });
  const radios = CITIES.map((city) => h("input", { type: "radio", name: "city", className: "unseen", on: { change: () => choose(city) } }));
  const cities = h(
    "fieldset",
    { className: "cities" },
    h("legend", { className: "unseen" }, "City"),
    CITIES.map(({ name }, index) => h("label", { className: "city" }, radios[index], name)),
  );
  // A place typed is in none of them.
  for (const input of [latitude, longitude]) input.addEventListener("input", () => radios.forEach((radio) => (radio.checked = false)));
  radios[0].checked = true;
  choose(CITIES[0]);
  const place = h("div", { className: "coordinates" }, line("Latitude", latitude), line("Longitude", longitude));
  ask("Share a location", "Share", [cities, place], () =>
    share({ latitude: latitude.valueAsNumber, longitude: longitude.valueAsNumber }),
  );
}

function degrees(most) {
  return h("input", { type: "number", min: -most, max: most, step: "any", required: true, autocomplete: "off" });
}

/** The place of a message: a pin in a map of nowhere, and the degrees. */
export function location({ latitude, longitude }) {
  return h(
    "div",
    { className: "location" },
    h("div", { className: "map", "aria-hidden": "true" }, icon("pin")),
    h("span", { className: "location-words" }, `${shown(latitude, "N", "S")}, ${shown(longitude, "E", "W")}`),
  );
}

function shown(degrees, positive, negative) {
  return `${Math.abs(degrees).toFixed(4)}° ${degrees < 0 ? negative : positive}`;
}
