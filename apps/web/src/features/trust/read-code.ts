import { decodeQR } from "qr/decode.js";

type Pixels = Pick<ImageData, "data" | "width" | "height">;

/** Of the picture's square: enough for a code that fills a third of it, and little enough for a telephone. */
const side = 480;

/** What a frame of the camera has in its middle square, which is what the person sees of it. */
export function createFrameReader(): (video: HTMLVideoElement) => string | null {
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return (video) => {
    const { videoWidth: width, videoHeight: height } = video;
    const crop = Math.min(width, height);
    if (context === null || crop === 0) return null;
    context.drawImage(video, (width - crop) / 2, (height - crop) / 2, crop, crop, 0, 0, side, side);
    return readCode(context.getImageData(0, 0, side, side));
  };
}

/** The text of the QR code in a picture; null where there is none that can be read. */
export function readCode(picture: Pixels): string | null {
  try {
    return decodeQR(picture);
  } catch {
    // The reader throws for every picture without a code, which most are.
    return null;
  }
}
