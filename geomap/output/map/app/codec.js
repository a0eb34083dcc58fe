// Reading what the page was packed with: lines as digits of differences, columns as gzip.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUE = new Uint8Array(128);
for (let value = 0; value < 64; value++) VALUE[DIGITS.charCodeAt(value)] = value;

/** A packed line as [lat, lon] pairs: five bits a digit, least significant first, zigzag differences of x and y. */
export function unpackLine(text, scale) {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (let at = 0; at < text.length; at++) {
    const bits = VALUE[text.charCodeAt(at)];
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -((value + 1) >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  const line = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < numbers.length; i += 2) {
    x += numbers[i];
    y += numbers[i + 1];
    line.push([y / scale, x / scale]);
  }
  return line;
}

/** JSON that was packed as gzip in base 64. */
export async function unpackJson(base64) {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}
