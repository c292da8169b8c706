// Between the traits of the Python side and arrays.

/**
 * An array trait as an array; null where there is none.
 * @returns {import("./maths.js").NDArray | null}
 */
export function arrayOf(model, name) {
  return unpacked(model.get(name));
}

/** What Python packed, as an array. */
export function unpacked(packed) {
  if (!packed) return null;
  const { shape, dtype, data } = packed;
  const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
  return {
    shape: [...shape],
    data: dtype === "float32" ? Float64Array.from(new Float32Array(bytes)) : new Float64Array(bytes),
  };
}

/** An array as Python unpacks it. */
export function packed({ shape, data }) {
  return { shape: [...shape], dtype: "float64", data: new DataView(Float64Array.from(data).buffer) };
}

/**
 * Keep a state that the hand has changed: the newest values go to the Python side once the hand rests.
 * @returns {(values: Object<string, any>) => void}
 */
export function keeper(model, rest = 250) {
  let waiting = {};
  let timer = 0;
  return (values) => {
    Object.assign(waiting, values);
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const [name, value] of Object.entries(waiting)) {
        model.set(name, value && value.data && value.shape ? packed(value) : value);
      }
      waiting = {};
      model.save_changes();
    }, rest);
  };
}
