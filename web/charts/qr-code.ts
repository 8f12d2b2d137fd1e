/** An address as a QR code, dark on light in both colour schemes, since many readers know no other way. */
import { encode } from "uqr";
import { html, type Html } from "../html.ts";

const quietZone = 4;

export const qrCode = (address: string, label: string): Html => {
  const { data, size } = encode(address, { ecc: "M", border: quietZone });
  const path = data
    .map((row, y) => row.map((dark, x) => (dark ? `M${String(x)} ${String(y)}h1v1h-1z` : "")).join(""))
    .join("");
  return html`<svg
    class="qr"
    viewBox="0 0 ${size} ${size}"
    role="img"
    aria-label="${label}"
    shape-rendering="crispEdges"
  >
    <rect class="qr-light" width="${size}" height="${size}" />
    <path class="qr-dark" d="${path}" />
  </svg>`;
};
