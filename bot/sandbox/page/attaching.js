/** Pictures and files to send: chosen by a button or pasted, looked at once more, with a caption. */

import { h } from "./dom.js";
import { ask, line } from "./forms.js";
import { icon } from "./icons.js";
import { marked } from "./typed-markup.js";

const PICTURES = ["image/jpeg", "image/png"];

/** The button that asks for a file; *send* is given a `photo` or `document` with its `text`. */
export function attachButton(send) {
  const chosen = h("input", { type: "file", hidden: true, on: { change: () => chosen.files[0] && askToSend(chosen.files[0], send) } });
  // The same file may be sent again.
  const choose = () => {
    chosen.value = "";
    chosen.click();
  };
  const label = { title: "Attach a photo or file", "aria-label": "Attach a photo or file" };
  return h("span", { className: "attach" }, h("button", { className: "field-button", type: "button", ...label, on: { click: choose } }, icon("clip")), chosen);
}

/** Ask about the file that *event* pastes; whether there was one. */
export function pasted(event, send) {
  const [file] = event.clipboardData.files;
  if (file) askToSend(file, send);
  return Boolean(file);
}

async function askToSend(file, send) {
  const address = await read(file);
  const isPicture = PICTURES.includes(file.type);
  const caption = h("input", { placeholder: "Caption", maxLength: 1024, autocomplete: "off" });
  const asFile = h("input", { type: "checkbox" });
  const shown = isPicture
    ? h("img", { className: "attached-photo", src: address, alt: file.name })
    : h("p", { className: "attached-file" }, icon("file"), file.name);
  const choice = h("label", { className: "choice" }, asFile, h("span", {}, "Send as a file"));
  ask(isPicture ? "Send a photo" : "Send a file", "Send", [shown, line("Caption", caption), isPicture ? choice : ""], () => {
    const sent = { name: file.name, content: address.slice(address.indexOf(",") + 1) };
    send({ ...marked(caption.value.trim()), [isPicture && !asFile.checked ? "photo" : "document"]: sent });
  });
  caption.focus();
}

/** The file as a `data:` address, which an image can show and whose end is its content. */
function read(file) {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result));
    reader.readAsDataURL(file);
  });
}
