import { type ComponentProps, useEffect, useRef, useState } from "react";
import { unpackVoice } from "./amr";
import { takeTurn } from "./playback";

type Sound = {
  url: string | undefined;
  /** The browser cannot play it as it is: it is unpacked before it is played for the first time. */
  packed: boolean;
  /** How long it is said to be, in milliseconds; the sound itself knows better. */
  length?: number;
  speed?: number;
};

/** The playing of a voice, by an `<audio {...audio}>`. Its sound is fetched when somebody wants to hear it, not before. */
export function useVoice({ url, packed, length: said = 0, speed = 1 }: Sound) {
  const ref = useRef<HTMLAudioElement>(null);
  const unpacked = useRef<string>(undefined);
  const alive = useRef(true);
  const [playing, setPlaying] = useState(false);
  const [failed, setFailed] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(said);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
      if (unpacked.current) URL.revokeObjectURL(unpacked.current);
      unpacked.current = undefined;
    };
  }, []);
  useEffect(() => {
    if (ref.current) ref.current.playbackRate = speed;
  }, [speed]);

  const prepare = async (element: HTMLAudioElement) => {
    if (!url || !packed || unpacked.current) return;
    const made = await unpackVoice(url);
    if (!alive.current || unpacked.current) {
      URL.revokeObjectURL(made);
      return;
    }
    unpacked.current = made;
    element.src = made;
  };
  const toggle = async () => {
    const element = ref.current;
    if (!element || !url) return;
    if (!element.paused) {
      element.pause();
      return;
    }
    takeTurn(element);
    setFailed(false);
    try {
      await prepare(element);
      element.playbackRate = speed;
      await element.play();
    } catch (error) {
      // Pausing before the sound has come is no failure.
      if (!(error instanceof DOMException && error.name === "AbortError")) setFailed(true);
    }
  };
  const seek = (ms: number) => {
    setAt(ms);
    if (ref.current) ref.current.currentTime = ms / 1000;
  };
  const audio: ComponentProps<"audio"> = {
    ref,
    preload: "none",
    src: packed ? undefined : url,
    onPlay: () => setPlaying(true),
    onPause: () => setPlaying(false),
    onEnded: () => setAt(0),
    onTimeUpdate: (event) => setAt(event.currentTarget.currentTime * 1000),
    onDurationChange: ({ currentTarget: { duration } }) => {
      if (Number.isFinite(duration) && duration > 0) setLength(duration * 1000);
    },
    onError: () => setFailed(true),
  };
  return { audio, playing, failed, at, length, shown: playing || at > 0 ? at : length, toggle, seek };
}
