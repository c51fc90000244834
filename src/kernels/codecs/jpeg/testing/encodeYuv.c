// Encodes raw planes with libjpeg-turbo, which no command-line tool of it does.
//   cc -O1 -o encodeYuv encodeYuv.c -lturbojpeg
//   encodeYuv <planes.yuv> <444|440|422|420|411|gray> <width> <height> <quality> > out.jpg
// The planes are tight, chroma rounded up. Restart interval and optimised tables: TJ_RESTART=5B, TJ_OPTIMIZE=1.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

static const struct { const char *name; int id, x, y; } CHROMA[] = {
  { "444", TJSAMP_444, 1, 1 }, { "440", TJSAMP_440, 1, 2 }, { "422", TJSAMP_422, 2, 1 },
  { "420", TJSAMP_420, 2, 2 }, { "411", TJSAMP_411, 4, 1 }, { "gray", TJSAMP_GRAY, 1, 1 },
};

// TurboJPEG wants luma padded to whole chroma samples: the last column and row are repeated.
static unsigned char *readPlane(FILE *file, int width, int height, int paddedWidth, int paddedHeight) {
  unsigned char *plane = malloc((size_t)paddedWidth * paddedHeight);
  for (int y = 0; y < paddedHeight; y++) {
    unsigned char *row = plane + (size_t)y * paddedWidth;
    if (y >= height) { memcpy(row, row - paddedWidth, paddedWidth); continue; }
    if (fread(row, 1, width, file) != (size_t)width) exit(2);
    memset(row + width, row[width - 1], paddedWidth - width);
  }
  return plane;
}

int main(int argc, char **argv) {
  if (argc != 6) return 1;
  FILE *file = fopen(argv[1], "rb");
  const int width = atoi(argv[3]), height = atoi(argv[4]), quality = atoi(argv[5]);
  for (size_t i = 0; i < sizeof CHROMA / sizeof *CHROMA; i++) {
    if (strcmp(CHROMA[i].name, argv[2]) != 0) continue;
    const int x = CHROMA[i].x, y = CHROMA[i].y;
    const int chromaWidth = (width + x - 1) / x, chromaHeight = (height + y - 1) / y;
    const unsigned char *planes[3] = { readPlane(file, width, height, chromaWidth * x, chromaHeight * y), NULL, NULL };
    const int strides[3] = { chromaWidth * x, chromaWidth, chromaWidth };
    for (int plane = 1; plane < 3 && CHROMA[i].id != TJSAMP_GRAY; plane++) planes[plane] = readPlane(file, chromaWidth, chromaHeight, chromaWidth, chromaHeight);
    unsigned char *jpeg = NULL;
    unsigned long bytes = 0;
    tjhandle handle = tjInitCompress();
    if (tjCompressFromYUVPlanes(handle, planes, width, strides, height, CHROMA[i].id, &jpeg, &bytes, quality, TJFLAG_ACCURATEDCT) != 0) {
      fprintf(stderr, "%s\n", tjGetErrorStr2(handle));
      return 3;
    }
    fwrite(jpeg, 1, bytes, stdout);
    return 0;
  }
  return 1;
}
