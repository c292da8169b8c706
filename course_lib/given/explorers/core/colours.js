// The course's colours for numbers: lightness alone tells negative from positive, so they read in greyscale too.

export const SIGNED = ["#08205c", "#5a6f9e", "#a9a9a9", "#d8bd68", "#fff0b0"];
export const GREY = ["#000000", "#ffffff"];
export const MARK = "#d1006c";
const STEPS = 256;

/** @param {string[]} stops @returns {Uint8ClampedArray} STEPS times red, green, blue, evenly from stop to stop */
function table(stops) {
  const channels = stops.map((stop) => [1, 3, 5].map((at) => parseInt(stop.slice(at, at + 2), 16)));
  const colours = new Uint8ClampedArray(3 * STEPS);
  for (let n = 0; n < STEPS; n++) {
    const at = (n / (STEPS - 1)) * (stops.length - 1);
    const left = Math.min(Math.floor(at), stops.length - 2);
    for (let c = 0; c < 3; c++) {
      colours[3 * n + c] = channels[left][c] + (at - left) * (channels[left + 1][c] - channels[left][c]);
    }
  }
  return colours;
}

/**
 * A scale from numbers to colours.
 * @param {boolean} signed from −reach to reach with zero in the middle, else from 0 to reach
 * @param {number} reach
 */
export function scale(signed, reach) {
  const colours = signed ? SIGNED_TABLE : GREY_TABLE;
  const low = signed ? -reach : 0;
  const perStep = (STEPS - 1) / (reach - low);

  /** Where a value's colour begins in the table; what lies beyond the ends has the end's colour. */
  function at(value) {
    const step = Math.round((value - low) * perStep);
    return 3 * (step > 0 ? Math.min(step, STEPS - 1) : 0);
  }
  return {
    signed,
    reach,
    colours,
    at,
    colour: (value) => `rgb(${colours.subarray(at(value), at(value) + 3).join(" ")})`,
    /** Black or white, whichever is read more easily on a value's colour. */
    ink: (value) => {
      const [red, green, blue] = colours.subarray(at(value), at(value) + 3);
      return 0.299 * red + 0.587 * green + 0.114 * blue > 127 ? "#000" : "#fff";
    },
  };
}

const SIGNED_TABLE = table(SIGNED);
const GREY_TABLE = table(GREY);
