const RATE = 8000;
const HEADER_BYTES = 44;

/** Old phones send voices as AMR, which browsers do not play: fetches one and returns the address of its sound as WAV.
 * What unpacks it is loaded only now. The caller revokes the address. */
export async function unpackVoice(url: string): Promise<string> {
  const [answer, { AMR }] = await Promise.all([fetch(url), import("web-amr/dist/vendor/amrnb")]);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const samples = AMR.decode(new Uint8Array(await answer.arrayBuffer()));
  if (!samples || samples.length === 0) throw new Error("not AMR");
  return URL.createObjectURL(wav(samples));
}

/** Samples from -1 to 1, one channel, as 16-bit WAV. */
export function wav(samples: Float32Array): Blob {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + samples.length * 2));
  const write = (at: number, words: string) => {
    for (let i = 0; i < words.length; i++) view.setUint8(at + i, words.charCodeAt(i));
  };
  write(0, "RIFF");
  view.setUint32(4, view.byteLength - 8, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, "data");
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, i) => {
    view.setInt16(HEADER_BYTES + i * 2, Math.max(-1, Math.min(1, sample)) * 0x7fff, true);
  });
  return new Blob([view.buffer], { type: "audio/wav" });
}
